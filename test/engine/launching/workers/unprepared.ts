import { runWorkerProcess } from '#engine/training/workerProcess.ts'
import { ErgoscopeError } from '#shared/errors.ts'

await runWorkerProcess(String(process.argv[2]), {
  createTrainer: async () => {
    throw new ErgoscopeError('tensor-engine-missing', 'no tensor library: run npm start')
  },
  describeLibraries: async () => ({ versions: { 'test-trainer': '1.0.0' }, warning: null }),
  onMeasured() {},
})
