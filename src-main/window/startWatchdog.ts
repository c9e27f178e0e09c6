import { spawn } from 'node:child_process'
import { app, dialog } from 'electron'

const patienceMs = 10_000
/** Nobody may be there to read the dialog, or no display to show it. */
const dialogMs = 120_000
/** What was reported is written meanwhile. */
const logGraceMs = 300

const advice =
  'The window could not be drawn, even without the GPU. Update the graphics driver, or try another display; "ergoscope doctor" says what works on this machine, and the command line does everything without a window.'

/**
 * A graphics driver can hang the start for ever. When nothing was drawn in time the application starts again, once, without the GPU; when that does not help it says so and
 * ends. Returns the function to call at the first frame.
 */
export function startWatchdog(report: (line: string) => void): () => void {
  const timer = setTimeout(() => {
    if (app.commandLine.hasSwitch('disable-gpu')) void giveUp(report)
    else startWithoutGpu(report)
  }, patienceMs)
  return () => clearTimeout(timer)
}

function startWithoutGpu(report: (line: string) => void): void {
  report(`Nothing was drawn within ${patienceMs / 1000} s: starting again with --disable-gpu`)
  app.releaseSingleInstanceLock()
  // An AppImage starts from its file: what it was unpacked to goes with this process.
  const program = process.env['APPIMAGE'] ?? process.execPath
  const next = spawn(program, [...process.argv.slice(1), '--disable-gpu'], { detached: true, stdio: 'inherit' })
  next.once('spawn', end)
  next.once('error', ({ message }) => {
    report(`${program} could not be started again: ${message}`)
    end()
  })
}

async function giveUp(report: (line: string) => void): Promise<void> {
  report(advice)
  // The next start is to try by itself, not to wake this one.
  app.releaseSingleInstanceLock()
  setTimeout(end, dialogMs)
  await dialog.showMessageBox({
    type: 'error',
    title: 'Ergoscope',
    message: 'No window could be drawn',
    detail: advice,
  })
  end()
}

/**
 * Ends this process whatever hangs in it: an orderly exit, and `app.relaunch` with it, waits for the very processes that do not answer. There is nothing to save; the engine
 * ends with its input.
 */
function end(): void {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), logGraceMs)
}
