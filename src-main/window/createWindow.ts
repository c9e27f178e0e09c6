import { BrowserWindow, nativeTheme, screen } from 'electron'
import { confinePage } from '../security/confinePage.ts'
import { pageUrl } from '../security/pageOrigin.ts'
import { boundsOnScreen, writeWindowState, type WindowState } from './windowState.ts'

const initialSize = { width: 1440, height: 900 }
const minimumSize = { minWidth: 1100, minHeight: 700 }

/** The page's own background, so that a new window does not flash. */
export function windowBackground(): string {
  return nativeTheme.shouldUseDarkColors ? '#0F1115' : '#F6F6F3'
}

/** The window, hidden until its first frame is drawn. */
export function createWindow(options: {
  preload: string
  icon: string | null
  state: WindowState
  stateFile: string
}): BrowserWindow {
  const bounds = boundsOnScreen(
    options.state.bounds,
    screen.getAllDisplays().map((display) => display.workArea),
  )
  const window = new BrowserWindow({
    ...initialSize,
    ...bounds,
    ...minimumSize,
    ...(options.icon === null ? {} : { icon: options.icon }),
    title: 'Ergoscope',
    show: false,
    autoHideMenuBar: true,
    backgroundColor: windowBackground(),
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  })
  confinePage(window.webContents)
  if (options.state.isMaximized) window.maximize()
  nativeTheme.on('updated', () => {
    if (!window.isDestroyed()) window.setBackgroundColor(windowBackground())
  })
  window.on('close', () => {
    writeWindowState(options.stateFile, {
      bounds: window.getNormalBounds(),
      isMaximized: window.isMaximized(),
      theme: nativeTheme.themeSource,
    })
  })
  window.once('ready-to-show', () => window.show())
  void window.loadURL(pageUrl)
  return window
}
