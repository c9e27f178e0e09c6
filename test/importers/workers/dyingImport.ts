// Imports a file and is killed in the middle of writing the run. Arguments: the file, the workspace.
import { importRun } from '#engine/importers/importRun.ts'

const [path = '', workspacePath = ''] = process.argv.slice(2)
const config = {
  get learning_rate() {
    process.kill(process.pid, 'SIGKILL')
    return 0.1
  },
}
await importRun({ path, workspacePath, takenNames: [], roles: {}, config, nowMs: 1 })
