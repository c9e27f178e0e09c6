import { resolve } from 'node:path'
import { createTrainer } from './createTrainer.ts'
import { describeLibraries } from './describeLibraries.ts'
import { recordStepTime } from './stepTimes.ts'
import { runWorkerProcess } from './workerProcess.ts'

const [runFolder] = process.argv.slice(2)
if (runFolder === undefined) {
  process.stderr.write('usage: worker RUN_FOLDER\n')
  process.exit(2)
}

await runWorkerProcess(resolve(runFolder), { createTrainer, describeLibraries, onMeasured: recordStepTime })
