/** The application's own scheme and the one host that it serves. */
export const pageScheme = 'app'
export const pageHost = 'ergoscope'
export const pageUrl = `${pageScheme}://${pageHost}/index.html`

/** Whether an address is of the application's own page. */
export function isPageUrl(address: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  return url.protocol === `${pageScheme}:` && url.host === pageHost
}
