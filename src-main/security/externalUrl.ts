/** Whether an address may be handed to the user's browser: https, with a host, without a user name that could disguise it. */
export function isExternalUrlAllowed(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && url.protocol === 'https:' && url.hostname !== '' && url.username === '' && url.password === ''
}
