import { runWorkerProcess } from '#engine/training/workerProcess.ts'
import { createQuadraticTrainer } from '../quadraticTrainer.ts'

await runWorkerProcess(String(process.argv[2]), {
  createTrainer: async (recipe, seed) =>
    createQuadraticTrainer(recipe, seed, {
      spinMs: 0.1,
      onStep(step) {
        if (step === 2010) throw new TypeError('the flux capacitor is undefined\nsecond line')
      },
    }),
  describeLibraries: async () => ({ versions: { 'test-trainer': '1.0.0' }, warning: null }),
  onMeasured() {},
})
