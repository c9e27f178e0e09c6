// Each diagnostic's statistic beside its Python reference, and the whole diagnosis of a long run. Run: npm run bench -- diagnostics
// The reference needs numpy, scipy, statsmodels, arviz, POT and hyppo in `python3`, or in the interpreter that ERGOSCOPE_PYTHON names.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { augmentedDickeyFuller } from '#core/statistics/augmentedDickeyFuller.ts'
import {
  autocorrelationTimeEstimates,
  geyerAutocorrelationTime,
  sokalAutocorrelationTime,
} from '#core/statistics/autocorrelationTime.ts'
import { blockPermutationTest } from '#core/statistics/blockPermutationTest.ts'
import {
  distancesOfSorted,
  energyDistance,
  kolmogorovSmirnovDistance,
  maximumMeanDiscrepancySquared,
  slicedWasserstein,
  wasserstein1,
} from '#core/statistics/distances.ts'
import { kpss } from '#core/statistics/kpss.ts'
import { meanSquaredDisplacement } from '#core/statistics/meanSquaredDisplacement.ts'
import { neweyWestTrend } from '#core/statistics/neweyWest.ts'
import { periodogram } from '#core/statistics/periodogram.ts'
import { sortedCopy } from '#core/statistics/sortWithOrder.ts'
import { rankNormalisedSplitRhat } from '#core/statistics/splitRhat.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { lanczos } from '#core/linearAlgebra/lanczos.ts'
import { dot } from '#core/linearAlgebra/vector.ts'
import { measureDiagnosis } from './diagnosis/measureDiagnosis.ts'

const rounds = 15
/** Code that is compiled while it runs is measured once it is compiled: a diagnosis calls each of these functions many times. */
const warmUpMs = 300
const seriesLength = 100_000
const cloudDimension = 16
const matrixSize = 400

function autoregression(count: number, phi: number, seed: number): Float64Array {
  const random = createRandomGenerator(seed)
  let value = 0
  return Float64Array.from({ length: count }, () => (value = phi * value + random.normal()))
}

function normals(count: number, seed: number): Float64Array {
  const random = createRandomGenerator(seed)
  return Float64Array.from({ length: count }, () => random.normal())
}

function unitRows(values: Float64Array, dimension: number): Float64Array {
  return values.map((value, i) => {
    const start = i - (i % dimension)
    return value / Math.hypot(...values.subarray(start, start + dimension))
  })
}

function symmetric(size: number): Float64Array {
  const half = normals(size * size, 7)
  return half.map((value, i) => (value + (half[(i % size) * size + Math.floor(i / size)] ?? 0)) / Math.sqrt(8 * size))
}

const data = {
  series: autoregression(seriesLength, 0.9, 1),
  chains: autoregression(20_000, 0.5, 2),
  cloudA: normals(4000 * cloudDimension, 3),
  cloudB: normals(4000 * cloudDimension, 4),
  directions: unitRows(normals(64 * cloudDimension, 5), cloudDimension),
  walk: autoregression(20_000 * cloudDimension, 0.9, 8),
  matrix: symmetric(matrixSize),
}
const first = data.series.subarray(0, seriesLength / 2)
const second = data.series.subarray(seriesLength / 2)
const cloud = (values: Float64Array, rows: number) => ({
  dimension: cloudDimension,
  values: values.subarray(0, rows * cloudDimension),
})
const chains = [0, 1, 2, 3].map((k) => data.chains.subarray(k * 5000, (k + 1) * 5000))
const lags = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]

function multiply(vector: Float64Array): Float64Array {
  return vector.map((_, row) => dot(data.matrix.subarray(row * matrixSize, (row + 1) * matrixSize), vector))
}

const discrepancy = () => maximumMeanDiscrepancySquared(cloud(data.cloudA, 1000), cloud(data.cloudB, 1000), 4)

/** The same work as in diagnosticsReference.py, by the same names. A relative tolerance of NaN: the values are not the same by definition. */
const cases: readonly { name: string; library: string; tolerance: number; run: () => number }[] = [
  {
    name: 'Kolmogorov-Smirnov',
    library: 'scipy',
    tolerance: 1e-9,
    run: () => kolmogorovSmirnovDistance(first, second),
  },
  { name: 'Wasserstein-1', library: 'scipy', tolerance: 1e-9, run: () => wasserstein1(first, second) },
  { name: 'energy distance', library: 'scipy', tolerance: 1e-6, run: () => energyDistance(first, second) },
  {
    name: 'sliced Wasserstein-2',
    library: 'POT',
    tolerance: 1e-9,
    run: () => slicedWasserstein(cloud(data.cloudA, 4000), cloud(data.cloudB, 4000), data.directions),
  },
  { name: 'MMD', library: 'scipy', tolerance: 1e-6, run: discrepancy },
  { name: 'MMD, hyppo', library: 'hyppo', tolerance: Number.NaN, run: discrepancy },
  {
    name: 'block permutation',
    library: 'scipy',
    tolerance: Number.NaN,
    run: () => blockPermutationTest([data.series], 200, { permutationCount: 99, seed: 1 }).p,
  },
  {
    name: 'KS, W1 and energy together',
    library: 'scipy',
    tolerance: 1e-6,
    run: () => {
      const distances = distancesOfSorted(sortedCopy(first), sortedCopy(second))
      return distances.kolmogorovSmirnov + distances.wasserstein1 + distances.energy
    },
  },
  {
    name: 'autocorrelation time, Sokal',
    library: 'numpy',
    tolerance: 1e-6,
    run: () => sokalAutocorrelationTime(data.series),
  },
  {
    name: 'autocorrelation time, Geyer',
    library: 'arviz',
    tolerance: 0.05,
    run: () => geyerAutocorrelationTime(data.series),
  },
  {
    name: 'Sokal and Geyer together',
    library: 'numpy, arviz',
    tolerance: 0.05,
    run: () =>
      autocorrelationTimeEstimates(data.series).reduce(
        (sum, { name, time }) => sum + (name === 'batch means' ? 0 : time),
        0,
      ),
  },
  { name: 'split R-hat', library: 'arviz', tolerance: 1e-9, run: () => rankNormalisedSplitRhat(chains) },
  { name: 'KPSS', library: 'statsmodels', tolerance: 1e-6, run: () => kpss(data.series, 40).statistic },
  { name: 'ADF', library: 'statsmodels', tolerance: 1e-6, run: () => augmentedDickeyFuller(data.series, 10).statistic },
  {
    name: 'trend, Newey-West',
    library: 'statsmodels',
    tolerance: 1e-6,
    run: () => neweyWestTrend(data.series, 40).standardError,
  },
  {
    name: 'periodogram',
    library: 'scipy',
    tolerance: Number.NaN,
    run: () => periodogram(data.series.subarray(seriesLength - 65_536)).shares.reduce((a, b) => Math.max(a, b)),
  },
  {
    name: 'displacement',
    library: 'numpy',
    tolerance: 1e-9,
    run: () => meanSquaredDisplacement(data.walk, cloudDimension, lags).at(-1) ?? Number.NaN,
  },
  {
    name: 'largest eigenvalue',
    library: 'scipy',
    tolerance: 1e-3,
    run: () => lanczos(multiply, normals(matrixSize, 9), 40).largest,
  },
]

interface Reference {
  measure(name: string): Promise<{ ms: number; value: number }>
  close(): void
}

/** Starts Python on the data; undefined, with a line that says why, when it or a library is missing. */
async function startReference(folder: string): Promise<Reference | undefined> {
  for (const [name, values] of Object.entries(data)) writeFileSync(join(folder, `${name}.f64`), values)
  const python = process.env['ERGOSCOPE_PYTHON'] ?? 'python3'
  const script = new URL('diagnosticsReference.py', import.meta.url).pathname
  // Spinning threads would count as processor time of the reference.
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' }
  const child = spawn(python, [script, folder], { stdio: ['pipe', 'pipe', 'pipe'], env })
  let fault = ''
  child.stderr.on('data', (text: Buffer) => (fault += text.toString()))
  child.on('error', (cause) => (fault = cause.message))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const versions = await lines.next()
  if (versions.done === true) {
    process.stdout.write(
      `no Python reference (${fault.trim().split('\n').at(-1) ?? 'it ended'}): pip install numpy scipy statsmodels arviz POT hyppo, or name an interpreter in ERGOSCOPE_PYTHON\n`,
    )
    return undefined
  }
  process.stdout.write(`reference: ${versions.value}\n`)
  return {
    async measure(name) {
      child.stdin.write(`${name}\n`)
      const answer = await lines.next()
      if (answer.done === true)
        throw new Error(`The Python reference ended at ${name}: ${fault.trim().split('\n').at(-1)}`)
      return JSON.parse(answer.value) as { ms: number; value: number } // what diagnosticsReference.py prints
    },
    close: () => child.kill(),
  }
}

function median(samples: readonly number[]): number {
  return samples.toSorted((a, b) => a - b)[samples.length >> 1] ?? Number.NaN
}

/** Processor time, which a busy machine hardly changes. */
function measureOwn(run: () => number): { ms: number; value: number } {
  const started = process.cpuUsage()
  const value = run()
  const { user, system } = process.cpuUsage(started)
  return { ms: (user + system) / 1000, value }
}

function warmUp(run: () => number): void {
  const end = performance.now() + warmUpMs
  while (performance.now() < end) run()
}

async function compareAll(reference: Reference | undefined): Promise<void> {
  process.stdout.write(
    `${'statistic'.padEnd(30)}${'ours, ms'.padStart(10)}${'reference, ms'.padStart(16)}${'ratio'.padStart(8)}  library\n`,
  )
  for (const { name, library, tolerance, run } of cases) {
    const own: number[] = []
    const other: number[] = []
    warmUp(run)
    for (let round = 0; round < rounds; round += 1) {
      const ours = measureOwn(run)
      own.push(ours.ms)
      if (!reference) continue
      const theirs = await reference.measure(name)
      other.push(theirs.ms)
      if (!Number.isNaN(tolerance) && !(Math.abs(ours.value / theirs.value - 1) <= tolerance))
        throw new Error(`${name}: ours ${ours.value}, ${library} ${theirs.value}`)
    }
    const ratio = median(other) / median(own)
    const cells = reference ? [median(other).toFixed(1).padStart(16), ratio.toFixed(1).padStart(8)] : ['', '']
    process.stdout.write(`${name.padEnd(30)}${median(own).toFixed(1).padStart(10)}${cells.join('')}  ${library}\n`)
  }
}

const folder = mkdtempSync(join(tmpdir(), 'ergoscope-bench-'))
try {
  const reference = await startReference(folder)
  await compareAll(reference)
  reference?.close()
  await measureDiagnosis(folder)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
