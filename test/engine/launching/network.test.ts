import { afterEach, beforeEach, expect, it } from 'vitest'
import { createLauncher } from '#engine/launching/createLauncher.ts'
import { endWorker, temporaryFolder, until, untilEnded, withReader } from './testRuns.ts'

const recipe = `name: small-network
data: { kind: mnist, train_count: 300, validation_count: 100, label_noise: 0.2, downsample: 4 }
model: { kind: mlp, hidden: [8] }
optimizer: { learning_rate: 0.05, momentum: 0.9, weight_decay: 0.001 }
batch_size: 16
sampling: reshuffled
steps: 1500
probes:
  full_gradient: { every: 250 }
  gradient_noise: { every: 250, batches: 4 }
  sharpness: { every: 1000, iterations: 5, examples: 50 }
  balance: { every: 1000, batches: 2 }
  validation: { every: 500 }
  sketch: { every: 250, projections: 4, examples: 4 }
checkpoints: { every: 300, keep: 2 }
`

let workspace: ReturnType<typeof temporaryFolder>
const folders: string[] = []
beforeEach(() => {
  workspace = temporaryFolder()
})
afterEach(() => {
  for (const folder of folders.splice(0)) endWorker(folder)
  workspace.remove()
})

async function start() {
  const run = await createLauncher().start({ workspacePath: workspace.path, recipeYaml: recipe, name: null, seed: 5 })
  folders.push(run.path)
  return run
}

it(
  'continues a network that was killed and stopped on the same curve, bit for bit, on real digits',
  { timeout: 180_000 },
  async () => {
    const disturbed = await start()
    const running = await until(disturbed.path, (state) => state.steps > 300)
    process.kill(running.worker?.pid ?? 0, 'SIGKILL')
    expect(await untilEnded(disturbed.path)).toMatchObject({ status: 'killed' })
    await createLauncher().control(disturbed.path, 'resume')
    await until(disturbed.path, (state) => state.steps > 700)
    await createLauncher().control(disturbed.path, 'stop')
    expect(await untilEnded(disturbed.path)).toMatchObject({ status: 'stopped' })
    await createLauncher().control(disturbed.path, 'resume')
    expect(await untilEnded(disturbed.path)).toMatchObject({ status: 'finished', steps: 1500, attempts: 3 })

    const undisturbed = await start()
    expect(await untilEnded(undisturbed.path)).toMatchObject({ status: 'finished', steps: 1500 })
    const measured = withReader(undisturbed.path, (reader) => reader.metrics()).filter(
      ({ name }) => !/^cost\/|_ms$/.test(name),
    )
    expect(measured.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'train/loss',
        'probe/gradient_norm_squared',
        'probe/sharpness',
        'validation/loss',
        'sketch/weights',
      ]),
    )
    for (const { name, kind } of measured) {
      const [resumed, expected] = [disturbed, undisturbed].map(({ path }) =>
        withReader(path, (reader) => (kind === 'scalar' ? reader.scalars(name) : reader.vectors(name))),
      )
      expect({ name, series: resumed }).toEqual({ name, series: expected })
    }
  },
)
