import { startEngine } from './startEngine.ts'

process.exitCode = await startEngine()
// Worker threads and watchers must not keep a process alive that nobody listens to.
process.exit()
