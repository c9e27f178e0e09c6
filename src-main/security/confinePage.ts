import { session, type WebContents } from 'electron'
import { isPageUrl, pageUrl } from './pageOrigin.ts'
import { isExternalUrlAllowed } from './externalUrl.ts'
import { openExternalSafely } from './openExternal.ts'

/** Keeps a page where it is: no navigation away, no new window, no embedded page. A link to the web opens in the user's browser, after a check. */
export function confinePage(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isPageUrl(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isPageUrl(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isPageUrl(event.url)) event.preventDefault()
  })
  // Chromium asks nobody before it shows about:blank.
  contents.on('did-navigate', (_event, address) => {
    if (!isPageUrl(address)) void contents.loadURL(pageUrl)
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (isExternalUrlAllowed(url)) void openExternalSafely(url)
    return { action: 'deny' }
  })
}

/** No permission is ever needed (clipboard writing goes through main), so every request and check is denied. */
export function denyPermissions(): void {
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  defaultSession.setPermissionCheckHandler(() => false)
  defaultSession.setDevicePermissionHandler(() => false)
  defaultSession.on('will-download', (event) => event.preventDefault())
}
