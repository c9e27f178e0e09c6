/** Whether an address may be handed to the user's browser: https, with a host, without a user name that could disguise it. */
export function isExternalUrlAllowed(address: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  return url.protocol === 'https:' && url.hostname !== '' && url.username === '' && url.password === ''
}
