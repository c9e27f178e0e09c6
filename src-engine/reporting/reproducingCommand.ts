/** The command line that writes the same report; runs are named by their ids, which stay when a folder is moved or renamed. */
export function reproducingCommand(runIds: readonly string[], margins: Readonly<Record<string, number>>): string {
  const changes = Object.entries(margins).map(([name, value]) => `--margin ${name}=${value}`)
  return ['ergoscope diagnose', ...runIds, ...changes, '--report FILE.html'].join(' ')
}
