import type { BrowserWindow } from 'electron'

/** Shows a window above the others with the keyboard's focus. One that has not drawn yet shows itself when it has. */
export function bringToFront(window: BrowserWindow | null): void {
  if (window === null || window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  if (!window.isVisible()) return
  window.show()
  window.moveTop()
  window.focus()
}
