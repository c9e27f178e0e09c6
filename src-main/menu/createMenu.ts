import { Menu, type MenuItemConstructorOptions } from 'electron'

/** Commands that the page performs; the same ids as in its command palette. */
const commands = {
  openWorkspace: 'workspace.open',
  newRun: 'go.new',
  importRun: 'go.import',
  settings: 'go.settings',
  palette: 'window.palette',
  keys: 'window.keys',
} as const

const pageKeys: ReadonlySet<string | null> = new Set(['CmdOrCtrl+K', 'CmdOrCtrl+O'])

/** The application menu: what a keyboard user expects there, and nothing that the page does not do. */
export function createMenu(perform: (commandId: string) => void): Menu {
  const item = (label: string, accelerator: string | null, commandId: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator === null ? {} : { accelerator }),
    // The page listens for its own keys; a menu that did so too would perform a command twice.
    registerAccelerator: !pageKeys.has(accelerator),
    click: () => perform(commandId),
  })
  return Menu.buildFromTemplate([
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      label: '&File',
      submenu: [
        item('Open workspace…', 'CmdOrCtrl+O', commands.openWorkspace),
        item('New run…', 'CmdOrCtrl+N', commands.newRun),
        item('Import…', 'CmdOrCtrl+I', commands.importRun),
        { type: 'separator' },
        item('Settings', 'CmdOrCtrl+,', commands.settings),
        { type: 'separator' },
        { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        item('Command palette', 'CmdOrCtrl+K', commands.palette),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        { type: 'separator' },
        { role: 'toggleDevTools' },
      ],
    },
    { label: '&Help', submenu: [item('Keys', null, commands.keys)] },
  ])
}
