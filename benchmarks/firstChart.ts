// From the start of the engine to the first chart of one series of a million points, all of them in the answer's envelope. Run: npm run bench -- firstChart
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { queryRunFile } from '#engine/runfile/queryRunFile.ts'
import { createRun } from '#engine/runfile/writer.ts'
import { startTestEngine } from '../test/engine/host/testEngine.ts'

const pointCount = 1_000_000
const rounds = 5
const spikeStep = 617_000

function median(samples: number[]): number {
  return samples.toSorted((left, right) => left - right)[samples.length >> 1] ?? NaN
}

function writeRun(folder: string): void {
  const writer = createRun(folder, {
    id: 'million',
    name: 'million',
    group: null,
    tags: [],
    notes: '',
    source: 'logged',
    seed: null,
    createdAtMs: Date.now(),
    host: '',
    versions: {},
    plannedSteps: null,
    recipeYaml: null,
  })
  const steps = Float64Array.from({ length: pointCount }, (_, step) => step)
  writer.logSeries(
    'loss',
    steps,
    steps.map((step) => (step === spikeStep ? 100 : 1 / (1 + step))),
  )
  writer.finish('finished', '', Date.now())
}

interface Round {
  startMs: number
  openMs: number
  firstMs: number
  againMs: number
}

async function measure(workspace: string): Promise<Round> {
  const request = { workspace, requests: [{ runId: 'million', metric: 'loss', buckets: 1200 }] }
  const startedMs = performance.now()
  const engine = await startTestEngine()
  const readyMs = performance.now()
  await engine.call('workspace.open', { path: workspace })
  const openedMs = performance.now()
  const { series } = await engine.call('series.read', request)
  const firstMs = performance.now()
  await engine.call('series.read', request)
  const againMs = performance.now()
  await engine.close()
  if (Math.max(...(series[0]?.max ?? [])) !== 100) throw new Error('the spike is not in the envelope')
  return {
    startMs: readyMs - startedMs,
    openMs: openedMs - readyMs,
    firstMs: firstMs - openedMs,
    againMs: againMs - firstMs,
  }
}

const workspace = mkdtempSync(join(tmpdir(), 'ergoscope-bench-'))
try {
  const folder = join(workspace, 'million')
  writeRun(folder)
  const sqlStartedMs = performance.now()
  queryRunFile(folder, `SELECT step / 833, min(value), max(value) FROM scalars WHERE metric = 'loss' GROUP BY 1`)
  const sqlMs = performance.now() - sqlStartedMs
  const samples: Round[] = []
  for (let round = 0; round < rounds; round += 1) samples.push(await measure(workspace))
  const of = (key: keyof Round) => median(samples.map((sample) => sample[key]))
  process.stdout.write(
    `${pointCount} points, median of ${rounds}: engine ready ${of('startMs').toFixed(0)} ms, workspace open ${of('openMs').toFixed(0)} ms, ` +
      `first chart ${of('firstMs').toFixed(1)} ms, again ${of('againMs').toFixed(1)} ms; ` +
      `the same buckets by SQL take ${(sqlMs / of('againMs')).toFixed(0)} times as long\n`,
  )
} finally {
  rmSync(workspace, { recursive: true, force: true })
}
