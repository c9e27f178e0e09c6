// npm start [-- --demo | -- WORKSPACE_OR_RUN]: sets up, builds what changed, opens the application.
import { resolve } from 'node:path'
import { runForeground } from './runForeground.mjs'
import { childEnvironment, nodeExecutable } from './setup/locations.mjs'
import { withSetUp } from './withSetUp.mjs'

const usage = `npm start                          open Ergoscope
npm start -- --demo                open it and train the demo at once
npm start -- WORKSPACE_OR_RUN      open it on that folder
`

/**
 * @typedef {{ isDemo: boolean, isHelp: boolean, folder: string | undefined }} StartOptions
 * @param {string[]} args
 * @returns {StartOptions | string} a string says what is wrong
 */
function parse(args) {
  const flags = args.filter((argument) => argument.startsWith('-'))
  const [folder, surplus] = args.filter((argument) => !argument.startsWith('-'))
  const unknown = flags.find((flag) => flag !== '--demo' && flag !== '--help')
  if (unknown !== undefined) return `unknown option ${unknown}: npm start takes --demo or a folder`
  if (surplus !== undefined) return `one folder can be opened, but also ${surplus} was given`
  return { isDemo: flags.includes('--demo'), isHelp: flags.includes('--help'), folder }
}

function hasDisplay(env = process.env) {
  return process.platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
}

/** @param {StartOptions} options */
async function openWindow({ isDemo, folder }) {
  await withSetUp('window', async (locations) => {
    const { buildApplication, electronEnvironment } = await import('./buildApplication.mjs')
    await buildApplication(locations)
    const electron = electronEnvironment(locations)
    const isRoot = process.platform === 'linux' && process.getuid?.() === 0
    if (isRoot) process.stderr.write('running as root: the window opens without its sandbox (--no-sandbox)\n')
    // npm runs this in the root of the checkout; the folder was written where the user is.
    const path = folder === undefined ? [] : [resolve(process.env['INIT_CWD'] ?? '.', folder)]
    const flags = [...(isRoot ? ['--no-sandbox'] : []), ...(isDemo ? ['--demo'] : [])]
    const env = { ...childEnvironment(locations), ...electron }
    return runForeground(String(electron.ELECTRON_EXEC_PATH), [locations.root, ...flags, ...path], { env })
  })
}

async function runInTerminal() {
  process.stderr.write('no display (neither DISPLAY nor WAYLAND_DISPLAY is set): running the demo in this terminal\n')
  await withSetUp('terminal', (locations) =>
    runForeground(nodeExecutable(locations), ['src-engine/cli/main.ts', 'demo'], {
      cwd: locations.root,
      env: childEnvironment(locations),
    }),
  )
}

const options = parse(process.argv.slice(2))
if (typeof options === 'string') {
  process.stderr.write(`ergoscope: ${options}\n`)
  process.exitCode = 2
} else if (options.isHelp) {
  process.stdout.write(usage)
} else if (hasDisplay()) {
  await openWindow(options)
} else if (options.folder === undefined) {
  await runInTerminal()
} else {
  process.stderr.write(
    `ergoscope: no display to open ${options.folder} in; in the terminal: npm run -s ergoscope -- runs --workspace ${options.folder}\n`,
  )
  process.exitCode = 1
}
