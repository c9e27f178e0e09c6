import { join } from 'node:path'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import { readObservables } from '#engine/diagnosing/readObservables.ts'
import { openRunReader } from '#engine/runfile/reader.ts'
import { writeLongRun } from './longRun.ts'

const rounds = 5

function measure<Result>(work: () => Result): { wallMs: number; processorMs: number; result: Result } {
  const startedMs = performance.now()
  const started = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(started)
  return { wallMs: performance.now() - startedMs, processorMs: (user + system) / 1000, result }
}

const median = (samples: readonly number[]): number => samples.toSorted((a, b) => a - b)[samples.length >> 1] ?? NaN

/** The whole diagnosis of one run of 100 000 steps, 64 projections of the weights and 20 scalars, all at every step: reading the file, and judging. */
export async function measureDiagnosis(folder: string): Promise<void> {
  const runFolder = join(folder, 'long')
  const { stepCount, projectionCount, scalarCount } = writeLongRun(runFolder)
  const times = { read: [] as number[], readWall: [] as number[], judge: [] as number[], judgeWall: [] as number[] }
  let verdict = ''
  for (let round = 0; round < rounds; round += 1) {
    const reader = openRunReader(runFolder)
    const read = measure(() => readObservables(reader))
    reader.close()
    const judge = measure(() => diagnoseRun(read.result))
    times.read.push(read.processorMs)
    times.readWall.push(read.wallMs)
    times.judge.push(judge.processorMs)
    times.judgeWall.push(judge.wallMs)
    verdict = judge.result.verdict.id
  }
  const line = (name: string, processor: readonly number[], wall: readonly number[]): string =>
    `${name.padEnd(30)}${median(processor).toFixed(0).padStart(10)}${median(wall).toFixed(0).padStart(16)}\n`
  process.stdout.write(
    `\ndiagnosis of ${stepCount} steps, ${projectionCount} projections, ${scalarCount} scalars: ${verdict}\n`,
  )
  process.stdout.write(`${''.padEnd(30)}${'CPU, ms'.padStart(10)}${'wall, ms'.padStart(16)}\n`)
  process.stdout.write(line('reading the run file', times.read, times.readWall))
  process.stdout.write(line('diagnosis', times.judge, times.judgeWall))
}
