import type { BrowserWindow, IpcMainEvent, IpcMainInvokeEvent } from 'electron'
import { isPageUrl } from './pageOrigin.ts'

/** Whether a message comes from the main frame of the window's own page: not from a frame inside it, not from another origin. */
export function isTrustedSender(event: IpcMainEvent | IpcMainInvokeEvent, window: BrowserWindow | null): boolean {
  const frame = event.senderFrame
  return (
    window !== null &&
    !window.isDestroyed() &&
    event.sender === window.webContents &&
    frame !== null &&
    frame === window.webContents.mainFrame &&
    isPageUrl(frame.url)
  )
}
