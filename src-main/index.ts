import { join } from 'node:path'
import { app, Menu, nativeTheme, type BrowserWindow } from 'electron'
import type { EngineState, OpenTarget } from '#shared/contract/bridge.ts'
import { channels } from './bridge/channels.ts'
import { serveBridge } from './bridge/serveBridge.ts'
import { engineLocation } from './engine/engineLocation.ts'
import { createEngineSupervisor } from './engine/engineSupervisor.ts'
import { openLogFile } from './engine/logFile.ts'
import { createMenu } from './menu/createMenu.ts'
import { denyPermissions } from './security/confinePage.ts'
import { registerPageScheme, servePage } from './security/pageProtocol.ts'
import { performShellAction } from './shell/shellActions.ts'
import { lockInstance } from './start/lockInstance.ts'
import { placeUserData } from './start/placeUserData.ts'
import { parseStartArguments } from './start/startArguments.ts'
import { bringToFront } from './window/bringToFront.ts'
import { createWindow } from './window/createWindow.ts'
import { startWatchdog } from './window/startWatchdog.ts'
import { readWindowState } from './window/windowState.ts'

// out/main/index.js, in a checkout and in an installed application alike.
const applicationFolder = join(import.meta.dirname, '..', '..')

interface SecondStart {
  argv: string[]
  workingFolder: string
}

placeUserData()
const thisStart: SecondStart = { argv: process.argv.slice(1), workingFolder: process.cwd() }

if (lockInstance({ ...thisStart })) {
  registerPageScheme()
  run()
} else {
  app.quit()
}

function run(): void {
  const logPath = join(app.getPath('userData'), 'logs', 'ergoscope.log')
  const log = openLogFile(logPath)
  const report = (line: string): void => {
    log.write(`${new Date().toISOString()} window ${line}\n`)
  }
  const contentDrawn = startWatchdog((line) => {
    report(line)
    process.stderr.write(`${line}\n`)
  })
  const engine = createEngineSupervisor({
    location: engineLocation({
      isPackaged: app.isPackaged,
      checkout: applicationFolder,
      resources: process.resourcesPath,
    }),
    environment: process.env,
    log,
    logPath,
  })
  engine.start()

  let window: BrowserWindow | null = null
  let isPageListening = false
  const openTargets: OpenTarget[] = []
  /** Where a page that crashed goes when it comes back. */
  let lastTarget: OpenTarget | null = null

  function send(channel: string, message: unknown): void {
    if (window && !window.isDestroyed()) window.webContents.send(channel, message)
  }
  function open(target: OpenTarget | null): void {
    if (target) openTargets.push(target)
    sendOpenTargets()
  }
  function openStart({ argv, workingFolder }: SecondStart): void {
    open(parseStartArguments(argv, workingFolder, applicationFolder))
  }
  function sendOpenTargets(): void {
    if (!isPageListening) return
    for (const target of openTargets.splice(0)) {
      if (target.workspacePath !== null) lastTarget = target
      send(channels.openTarget, target)
    }
  }
  function sendEngineState(state: EngineState): void {
    send(channels.engineState, state)
  }

  engine.onState(sendEngineState)
  // Before what a second start asks for, which may come while this one is still on its way.
  openStart(thisStart)
  app.on('second-instance', (_event, _argv, _folder, start) => {
    openStart(start as SecondStart) // What lockInstance above passes on.
    bringToFront(window)
  })
  app.on('open-url', (event, url) => {
    event.preventDefault()
    openStart({ argv: [url], workingFolder: process.cwd() })
    bringToFront(window)
  })
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    if (engine.pid() === null) return
    event.preventDefault()
    void engine.stop().finally(() => app.quit())
  })
  const endPage = serveBridge({
    window: () => window,
    engine,
    performShellAction: async (message) =>
      window ? performShellAction({ window, open, restartEngine: engine.restart }, message) : undefined,
    pageListens: () => {
      isPageListening = true
      sendOpenTargets()
    },
    report,
  })

  void app.whenReady().then(() => {
    // On Linux the desktop entry of the package says so; Electron would write into the user's own list of programs.
    if (app.isPackaged && process.platform !== 'linux') app.setAsDefaultProtocolClient('ergoscope')
    denyPermissions()
    servePage(join(applicationFolder, 'out', 'renderer'))
    Menu.setApplicationMenu(createMenu((commandId) => send(channels.command, commandId)))
    const stateFile = join(app.getPath('userData'), 'window.json')
    const state = readWindowState(stateFile)
    nativeTheme.themeSource = state.theme
    window = createWindow({
      preload: join(applicationFolder, 'out', 'preload', 'preload.cjs'),
      icon: null,
      state,
      stateFile,
    })
    window.once('ready-to-show', contentDrawn)
    window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (!isMainFrame || isSameDocument) return
      isPageListening = false
      endPage()
    })
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      report(`The page's process ended: ${reason}, exit code ${exitCode}`)
      if (lastTarget) openTargets.push({ ...lastTarget, startDemo: false })
      window?.webContents.reload()
    })
    window.webContents.on('dom-ready', () => sendEngineState(engine.state()))
  })
}
