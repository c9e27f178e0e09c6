import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { compareSeeds } from '#engine/diagnosing/compareSeeds.ts'
import { diagnoseRuns } from '#engine/diagnosing/diagnoseRuns.ts'
import type { ReportInput } from '#engine/reporting/gatherReport.ts'
import type { Workspace } from '#engine/workspace/workspace.ts'
import { createRandomGenerator } from '../../renderer/diagnose/seededNoise.ts'
import { newRun } from '../../runfile/runFolder.ts'
import { opened } from '../../workspace/workspaceFolder.ts'

/** Everything that a stranger's run could try on the reader of a report. */
export const hostile = `<img src=x onerror=alert(1)>"'&amp;</style><script>alert(1)</script>\u202e`

/** SGD on a quadratic in closed form: loss θ²/2, gradient θ, with θ an AR(1) chain; the learning rate changes in the middle where asked for. */
function writeRun(root: string, id: string, seed: number, { steps, hasTwoRates, batchSizes }: RunShape): void {
  const writer = newRun(
    { id, name: `${id} ${hostile}`, seed, recipeYaml: hostile, versions: { [hostile]: hostile } },
    join(root, id),
  )
  const batchSize = batchSizes?.[seed - 1] ?? 1
  writer.setConfig({ learning_rate: 0.1, momentum: 0, batch_size: batchSize, [hostile]: hostile })
  const rates = hasTwoRates ? [0.1, 0.05] : [0.1]
  const noise = createRandomGenerator(seed)
  let theta = 1
  for (const [k, learningRate] of rates.entries()) {
    const from = k * steps
    writer.beginSegment({
      from,
      learningRate,
      momentum: 0,
      nesterov: false,
      weightDecay: 0,
      batchSize,
      sampling: 'iid',
    })
    for (let step = from; step < from + steps; step += 1) {
      theta = (1 - learningRate) * theta + learningRate * noise()
      writer.logScalars(
        step,
        {
          'probe/loss': theta ** 2 / 2,
          'probe/gradient_norm': Math.abs(theta),
          'probe/sharpness': 1 + 0.1 * Math.abs(noise()),
          'train/weight_norm_squared': theta ** 2,
          [hostile]: theta,
        },
        1000 + step,
      )
    }
  }
  writer.finish('finished', hostile, 1e6)
}

interface RunShape {
  readonly steps: number
  readonly hasTwoRates?: boolean
  /** Of each run, 1 where it is not said: runs that differ in it are different experiments. */
  readonly batchSizes?: readonly number[]
}

/** Runs of a workspace of their own, diagnosed and compared, as a report takes them. */
export async function diagnosedRuns(
  ids: readonly string[],
  shape: RunShape,
  margins: Readonly<Record<string, number>> = { permutationCount: 99 },
): Promise<{ root: string; workspace: Workspace; input: ReportInput }> {
  const root = mkdtempSync(join(tmpdir(), 'ergoscope-report-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const [k, id] of ids.entries()) writeRun(root, id, k + 1, shape)
  const workspace = await opened(root)
  const seeds = await diagnoseRuns(workspace, ids, { margins })
  const acrossRuns = ids.length > 1 ? await compareSeeds(workspace, seeds, { margins }) : null
  return {
    root,
    workspace,
    input: { diagnoses: seeds.map(({ diagnosis }) => diagnosis), acrossRuns, changedMargins: margins },
  }
}
