import { app, dialog } from 'electron'

const patienceMs = 10_000

/**
 * A graphics driver can hang the start for ever. When nothing was drawn in time the application starts again without the GPU; when that
 * does not help it says so. Returns the function to call at the first frame.
 */
export function startWatchdog(report: (line: string) => void): () => void {
  const timer = setTimeout(() => {
    if (app.commandLine.hasSwitch('disable-gpu')) {
      const advice =
        'The window could not be drawn, with or without the GPU. The command line works without one: try "ergoscope doctor".'
      report(advice)
      dialog.showErrorBox('Ergoscope', advice)
      app.exit(1)
      return
    }
    report('Nothing was drawn within 10 s: starting again with --disable-gpu')
    app.relaunch({ args: [...process.argv.slice(1), '--disable-gpu'] })
    app.exit(0)
  }, patienceMs)
  return () => clearTimeout(timer)
}
