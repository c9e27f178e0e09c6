import { describe, expect, it } from 'vitest'
import { DiagnosisCancelled, diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import type { DiagnosticId } from '#core/diagnostics/results/diagnosticResult.ts'
import { defaultMargins } from '#core/diagnostics/results/margins.ts'
import { missingSamples } from '#core/diagnostics/verdict/missingSamples.ts'
import type { RunObservables } from '#core/diagnostics/observables/observables.ts'
import type { RunDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'
import { levelShiftLabel } from '#core/diagnostics/checks/samples/sampleSize.ts'
import { createRandomGenerator } from '#core/random/randomGenerator.ts'
import { standardDeviation } from '#core/statistics/moments.ts'
import { doubleWell, gradientDescent, observablesFromColumns, quadraticSgd } from '#calibration/simulations.ts'

const settled = quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 6000, seed: 3 })

const result = (diagnosis: RunDiagnosis, id: DiagnosticId) =>
  diagnosis.diagnostics.find((candidate) => candidate.id === id)

function without(run: RunObservables, ...roles: string[]): RunObservables {
  const keep = (values: object) => Object.fromEntries(Object.entries(values).filter(([role]) => !roles.includes(role)))
  return { ...run, scalars: keep(run.scalars), vectors: keep(run.vectors) }
}

/** SGD on ½Σhθ² in eight dimensions whose noise is as large as the root of the loss, as where all examples are fitted. */
function interpolating(seed: number): RunObservables {
  const [n, eta, noise] = [2000, 0.1, 0.8]
  const curvatures = [2, 1, 0.5, 0.2, 0.1, 0.05, 0.03, 0.02]
  const random = createRandomGenerator(seed)
  const columns = { loss: new Float64Array(n), gap: new Float64Array(n) }
  let state = curvatures.map((h) => ({ h, x: 1 }))
  for (let t = 0; t < n; t += 1) {
    const loss = state.reduce((sum, { h, x }) => sum + 0.5 * h * x * x, 0)
    columns.loss[t] = loss
    columns.gap[t] = state.reduce((sum, { h, x }) => sum + (h * x) ** 2, 0)
    state = state.map(({ h, x }) => ({ h, x: x - eta * (h * x + noise * Math.sqrt(loss * h) * random.normal()) }))
  }
  return observablesFromColumns(columns, { loss: 'loss', gradient_norm_squared: 'gap' }, { learningRate: eta })
}

/** A settled run whose loss jumps by three of its standard deviations at a step. */
function withJump(run: RunObservables, at: number): RunObservables {
  const { loss } = run.scalars
  if (!loss) throw new Error('the run has no loss')
  const jump = 3 * standardDeviation(loss.values)
  const values = loss.values.map((value, i) => value + ((loss.steps[i] ?? 0) >= at ? jump : 0))
  return { ...run, scalars: { ...run.scalars, loss: { ...loss, values } } }
}

describe('diagnoseRun', () => {
  it('names the step at which the loss jumps, and then foretells no number of steps', () => {
    const jumped = diagnoseRun(withJump(settled, 3600))
    expect(jumped.verdict.id).toBe('not-enough-samples')
    const size = result(jumped, 'sample-size')
    expect(size?.reason).toContain('loss seems to jump at step')
    const step = size?.details.find(({ label }) => label === levelShiftLabel)?.value
    expect(Math.abs((step ?? Number.NaN) - 3600)).toBeLessThanOrEqual(60)
    const [segment] = jumped.segments
    expect(segment && missingSamples(segment, defaultMargins)?.moreSteps).toBeNaN()
    expect(result(diagnoseRun(settled), 'sample-size')?.reason).not.toContain('jump')
  })

  it('gives the same result for the same seed', () => {
    expect(diagnoseRun(settled, { seed: 5 })).toEqual(diagnoseRun(settled, { seed: 5 }))
  })

  it('tells the jump between two constants as well', () => {
    const loss = Float64Array.from({ length: 400 }, (_, t) => (t < 250 ? 1 : 2))
    const run = observablesFromColumns({ loss }, { loss: 'loss' }, { learningRate: 0.1 })
    const size = result(diagnoseRun(run), 'sample-size')
    expect(size?.details.find(({ label }) => label === levelShiftLabel)?.value).toBe(250)
  })

  it('does not depend on the scale of the loss', () => {
    const scaled = { ...settled, scalars: { ...settled.scalars, loss: scale(settled.scalars.loss, 1e-6) } }
    expect(diagnoseRun(scaled).verdict.id).toBe(diagnoseRun(settled).verdict.id)
  })

  it('reports progress from 0 to 1 and stops when it is cancelled', () => {
    const shares: number[] = []
    diagnoseRun(settled, { onProgress: (share) => shares.push(share) })
    expect(shares[0]).toBe(0)
    expect(shares.at(-1)).toBe(1)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(() => diagnoseRun(settled, { isCancelled: () => shares.length > 0 })).toThrow(DiagnosisCancelled)
  })

  it('finds that weights come to rest, though their displacement grows at every lag until then', () => {
    const summaryOf = (diagnosis: RunDiagnosis) => result(diagnosis, 'displacement')?.summary
    // Relaxes as exp(−t/100) and exp(−t/150): each scatter is that of a decay, whose displacement grows at every lag.
    const resting = diagnoseRun(gradientDescent({ h: [1, 1 / 1.5], eta: 0.01, n: 3000 }))
    expect(resting.verdict.id).toBe('stationary-point')
    expect(result(resting, 'displacement')?.estimate).toBeGreaterThan(0.8)
    expect(summaryOf(resting)).toBe(
      'The weights come to rest: what is left of their motion is a thousandth of it or less.',
    )
    expect(resting.verdict.summary).toBe('The weights converge to a stationary point: the full gradient vanishes.')
    expect(resting.verdict.evidence.find(({ diagnosticId }) => diagnosticId === 'displacement')).toMatchObject({
      claim: 'Coming to rest',
      state: 'pass',
    })
    expect(summaryOf(diagnoseRun(settled))).toBe('The motion is confined.')
  })

  it('takes a plateau of noise for no stationary point, however far away the run started', () => {
    const countOf = (p: { eta: number; n: number; start: number }, runs: number) =>
      Array.from({ length: runs }, (_, i) => diagnoseRun(quadraticSgd({ h: 1, sigma: 1, seed: 60 + i, ...p }))).filter(
        ({ verdict }) => verdict.id === 'stationary-point',
      ).length
    expect(countOf({ eta: 0.002, n: 8000, start: 10 }, 8)).toBe(0)
    // These stand on the plateau for three autocorrelation times of θ only: now and then it falls until the end by chance.
    expect(countOf({ eta: 0.005, n: 2000, start: 5 }, 24)).toBeLessThanOrEqual(1)
  })

  it('finds the stationary point of a run whose noise vanishes with the gradient', () => {
    const verdicts = Array.from({ length: 12 }, (_, i) => diagnoseRun(interpolating(60 + i)).verdict.id)
    expect(new Set(verdicts)).toEqual(new Set(['stationary-point']))
  })

  it('uses changed margins', () => {
    const { verdict } = diagnoseRun(settled, { margins: { minimumEffectiveSampleSize: 1e6 } })
    expect(verdict.id).toBe('not-enough-samples')
    expect(verdict.weakestLink).toBe('sample-size')
  })

  it('says what is missing when only a batch loss was recorded', () => {
    const { verdict } = diagnoseRun({
      ...without(settled, 'gradient', 'stochastic_gradient', 'weights'),
      lossSource: 'batch',
    })
    expect(verdict.id).toBe('not-enough-samples')
    expect(verdict.weakestLink).toBe('stationarity-gap')
  })

  it('names the missing gradient as the weakest link of a law of the weights', () => {
    const { verdict } = diagnoseRun(without(settled, 'gradient', 'stochastic_gradient', 'loss'))
    expect(verdict.id).toBe('invariant-measure')
    expect(verdict.weakestLink).toBe('stationarity-gap')
  })

  it('names the link that comes nearest to its limit where all hold', () => {
    const find = (id: DiagnosticId) => {
      const found = diagnoseRun(settled).diagnostics.find((one) => one.id === id)
      if (!found) throw new Error(id)
      return found
    }
    const weakestWith = (margins: Parameters<typeof diagnoseRun>[1]) => {
      const { verdict } = diagnoseRun(settled, margins)
      expect(verdict.id).toBe('invariant-measure')
      return verdict.weakestLink
    }
    const samples = find('sample-size').estimate
    expect(
      weakestWith({
        margins: { minimumEffectiveSampleSize: samples / 2.1, windowDistanceRatio: 100, displacementExponent: 50 },
      }),
    ).toBe('sample-size')
    const { high } = find('displacement')
    expect(weakestWith({ margins: { displacementExponent: high / 0.99, windowDistanceRatio: 100 } })).toBe(
      'displacement',
    )
    expect(
      weakestWith({
        margins: { windowDistanceRatio: find('window-distance').estimate / 0.99, displacementExponent: 50 },
      }),
    ).toBe('window-distance')
  })

  it('marks exactly one link as weakest, and gives every link a note', () => {
    for (const run of [
      settled,
      gradientDescent({ h: [1, 0.25], eta: 0.5, n: 200 }),
      doubleWell({ eta: 1.1, sigma: 0, n: 400, start: 0.9, seed: 1 }),
    ]) {
      const { evidence, weakestLink } = diagnoseRun(run).verdict
      expect(evidence.filter(({ isWeakest }) => isWeakest).map(({ diagnosticId }) => diagnosticId)).toEqual([
        weakestLink,
      ])
      expect(evidence.every(({ note }) => note.length > 0)).toBe(true)
    }
  })

  it('has nothing to say about a run without series', () => {
    const empty = { ...settled, scalars: {}, vectors: {}, others: [] }
    expect(diagnoseRun(empty)).toMatchObject({ verdict: { id: 'not-enough-samples' }, segments: [] })
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'is diverged from the first %d on, wherever finite values follow',
    (value) => {
      const loss = settled.scalars.loss
      const values = loss?.values.with(700, value) ?? new Float64Array()
      const diagnosis = diagnoseRun({
        ...settled,
        scalars: { ...settled.scalars, loss: { steps: loss?.steps ?? values, values } },
      })
      expect(diagnosis.verdict.id).toBe('diverged')
      expect(diagnosis.verdict.detail).toContain('step 700')
      expect(diagnosis.segments.at(-1)?.to).toBe(699)
    },
  )

  it('takes an infinity among ordinary values for a hole in the record, one to the end or after growth for a divergence', () => {
    const { steps, values } = settled.scalars.loss ?? { steps: new Float64Array(), values: new Float64Array() }
    const divergenceOf = (loss: Float64Array) =>
      result(diagnoseRun({ ...settled, scalars: { loss: { steps, values: loss } }, vectors: {} }), 'divergence')
    const hole = divergenceOf(values.with(2500, Infinity))
    expect(hole?.summary).toBe('The record holds a value that is no finite number.')
    expect(hole?.reason).toBe('the value of loss is ∞ at step 2\u202f500: judged up to step 2\u202f499')
    const unbounded = 'The run left every bounded region.'
    expect(divergenceOf(values.map((value, i) => (i < 2500 ? value : Infinity)))?.summary).toBe(unbounded)
    const grown = values.map((value, i) => (i === 2500 ? Infinity : i < 2400 || i > 2500 ? value : value * 1e6))
    expect(divergenceOf(grown)?.summary).toBe(unbounded)
    expect(divergenceOf(values.with(2500, 1e150))?.summary).toBe(unbounded)
  })

  it('names every series that breaks off at the same step, and judges what comes before', () => {
    const broken = ({ steps, values }: { steps: Float64Array; values: Float64Array }) => ({
      steps,
      values: values.with(700, Number.NaN),
    })
    const { loss } = settled.scalars
    if (!loss) throw new Error('the run has no loss')
    const run = { ...settled, scalars: { ...settled.scalars, loss: broken(loss), weight_norm_squared: broken(loss) } }
    expect(result(diagnoseRun(run), 'divergence')?.reason).toBe(
      'the value of loss and ‖θ‖² is not a number at step 700: judged up to step 699',
    )
  })

  it('has no windows to compare where nothing varies, and says one thing of it', () => {
    const constant = { x: Float64Array.from({ length: 400 }, () => 2) }
    const found = result(diagnoseRun(observablesFromColumns(constant, { loss: 'x' }, {})), 'window-distance')
    expect(found?.summary).toContain('Nothing that varies was recorded')
    expect(found?.reason).toContain('nothing that varies was recorded')
  })

  it('says of which points the end of a vanishing gradient is the mean', () => {
    const run = gradientDescent({ h: [1], eta: 0.1, n: 400 })
    expect(result(diagnoseRun(run), 'stationarity-gap')?.reason).toMatch(
      /^the last fifth of ‖∇f‖² has the mean .*, its last value is .*; tolerance/,
    )
  })

  it('is diverged when the very first value is not finite', () => {
    const steps = Float64Array.of(0, 1, 2)
    const run = {
      ...settled,
      scalars: {},
      vectors: {},
      others: [{ name: 'x', series: { steps, values: Float64Array.of(Number.NaN, 1, 2) } }],
    }
    expect(diagnoseRun(run).verdict.id).toBe('diverged')
  })

  it('finds a vanished gradient at the rounding floor, where nothing falls any more', () => {
    expect(diagnoseRun(gradientDescent({ h: [1], eta: 0.5, n: 4000 })).verdict.id).toBe('stationary-point')
    expect(diagnoseRun(gradientDescent({ h: [1], eta: 1, n: 200 })).verdict.id).toBe('stationary-point')
  })

  it('finds the marginal alternation at η = 2/h, whose loss and gradient norm do not vary', () => {
    expect(diagnoseRun(gradientDescent({ h: [1], eta: 2, n: 400 })).verdict.id).toBe('limit-cycle')
  })

  it('calls an oscillation with the period of the data order an artefact, not a cycle', () => {
    const cycle = doubleWell({ eta: 1.1, sigma: 0, n: 400, start: 0.9, seed: 1 })
    const reshuffled: RunObservables = {
      ...cycle,
      config: { ...cycle.config, sampling: 'reshuffled', stepsPerEpoch: 8 },
    }
    expect(result(diagnoseRun(reshuffled), 'limit-cycle')?.verdict).toBe('warn')
    expect(diagnoseRun(reshuffled).verdict.id).not.toBe('limit-cycle')
  })

  it.each([11, 25, 50, 51, 101])('keeps a cycle of two steps a cycle where an epoch has %d', (stepsPerEpoch) => {
    const cycle = doubleWell({ eta: 1.1, sigma: 0, n: 800, start: 0.9, seed: 1 })
    const run: RunObservables = { ...cycle, config: { ...cycle.config, sampling: 'reshuffled', stepsPerEpoch } }
    expect(diagnoseRun(run).verdict.id).toBe('limit-cycle')
  })

  it.each([
    [100, 'warn'],
    [50, 'warn'],
    [12.5, 'warn'],
    [3.37, 'fail'],
    [43, 'fail'],
  ] as const)(
    'tells a period of %f steps from multiples of the frequency of an epoch of 100: %s',
    (period, verdict) => {
      const steps = Float64Array.from({ length: 4096 }, (_, i) => i)
      const values = steps.map((step) => 2 + Math.cos((2 * Math.PI * step) / period))
      const run: RunObservables = {
        ...settled,
        config: { learningRate: 0.1, sampling: 'reshuffled', stepsPerEpoch: 100 },
        scalars: { loss: { steps, values } },
        vectors: {},
        others: [],
      }
      expect(result(diagnoseRun(run), 'limit-cycle')?.verdict).toBe(verdict)
    },
  )

  it('shows the bound of the theorem, which no bounded run can break', () => {
    const cycle = doubleWell({ eta: 1.1, sigma: 0, n: 400, start: 0.9, seed: 1 })
    for (const run of [settled, cycle]) {
      const bound = result(diagnoseRun(run), 'theorem-bound')
      expect(bound?.estimate).toBeLessThanOrEqual(bound?.threshold ?? 0)
      expect(bound?.verdict).toBe('pass')
    }
  })

  it('diagnoses a very long run from a sample of its points, and still sees one bad value', () => {
    const n = 300_000
    const steps = Float64Array.from({ length: n }, (_, i) => i)
    const values = steps.map((step) => (-1) ** step)
    const run = (series: Float64Array) => ({
      ...settled,
      scalars: {},
      vectors: {},
      others: [{ name: 'x', series: { steps, values: series } }],
    })
    expect(diagnoseRun(run(values)).verdict.id).toBe('limit-cycle')
    expect(diagnoseRun(run(values.with(200_001, Number.NaN))).verdict.detail).toMatch(/step 200\s001/)
  })

  it('judges sparse probes by their own count of samples', () => {
    const every = 40
    const sparse = { ...settled, scalars: { loss: thinned(settled.scalars.loss, every) }, vectors: {}, others: [] }
    expect(result(diagnoseRun(sparse), 'sample-size')?.sampleSize).toBeLessThanOrEqual(6000 / every)
  })
})

function scale(series: { steps: Float64Array; values: Float64Array } | undefined, factor: number) {
  if (!series) throw new Error('no series')
  return { steps: series.steps, values: series.values.map((value) => value * factor) }
}

function thinned(series: { steps: Float64Array; values: Float64Array } | undefined, every: number) {
  if (!series) throw new Error('no series')
  const keep = (_: number, i: number) => i % every === 0
  return { steps: series.steps.filter(keep), values: series.values.filter(keep) }
}

describe('what is said of weights, tails and numbers without bounds', () => {
  /** A loss and a gradient norm that have settled beside weights that do what they like. */
  function beside(weights: (step: number, random: () => number) => number, seed: number): RunObservables {
    const random = createRandomGenerator(seed)
    const n = 4000
    const steps = Float64Array.from({ length: n }, (_, i) => i)
    let loss = 0
    const levels = steps.map(() => (loss = 0.8 * loss + random.normal()))
    return {
      runId: 'run',
      name: 'run',
      config: { learningRate: 0.1 },
      scalars: {
        loss: { steps, values: levels.map((value) => 1 + 0.05 * value) },
        gradient_norm: { steps, values: levels.map(() => 0.5 + 0.02 * random.normal()) },
      },
      vectors: {
        weights: { steps, dimension: 1, values: steps.map((step) => weights(step, () => random.normal())) },
      },
      others: [],
    }
  }

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])(
    'never calls a random walk of the weights a stationary law (seed %d)',
    (seed) => {
      let walk = 0
      const { verdict } = diagnoseRun(beside((_, normal) => (walk += normal()), seed))
      expect(verdict.summary).not.toContain('follow a stationary law')
    },
  )

  it.each([1, 2, 3])('calls weights that keep returning one (seed %d)', (seed) => {
    let x = 0
    const { verdict } = diagnoseRun(beside((_, normal) => (x = 0.9 * x + normal()), seed))
    expect(verdict.summary).toContain('they follow a stationary law')
  })

  it('speaks of the outputs where they follow a law and the weights do not show theirs', () => {
    let walk = 0
    let output = 0
    const run = beside((_, normal) => (walk += normal()), 7)
    const random = createRandomGenerator(8)
    const weights = run.vectors.weights
    if (!weights) throw new Error('no weights')
    const outputs = { ...weights, values: weights.values.map(() => (output = 0.5 * output + random.normal())) }
    const { verdict } = diagnoseRun({ ...run, vectors: { function_outputs: outputs } })
    expect(verdict.summary).toBe(
      'The loss and the outputs of the network follow a stationary law. The weights have not stopped.',
    )
  })

  it('claims no law of weights that were not recorded', () => {
    const { vectors: _vectors, ...rest } = beside(() => 0, 1)
    const { verdict } = diagnoseRun({ ...rest, vectors: {} })
    expect(verdict.id).toBe('invariant-measure')
    expect(verdict.summary).toContain('does not show a law of their own')
  })

  it('judges nothing of a run without bounds but that', () => {
    const diagnosis = diagnoseRun(gradientDescent({ h: [1], eta: 2.5, n: 400 }))
    expect(diagnosis.verdict.id).toBe('diverged')
    const judged = diagnosis.diagnostics.filter(({ verdict }) => verdict !== 'unknown')
    expect(judged.map(({ id }) => id)).toEqual(['divergence'])
  })

  it('tells a record with a value that is no number from a run that leaves every bound', () => {
    const run = beside(() => 0, 1)
    const loss = run.scalars.loss
    if (!loss) throw new Error('no loss')
    const broken = {
      ...run,
      scalars: { ...run.scalars, loss: { ...loss, values: loss.values.with(3000, Number.NaN) } },
    }
    expect(diagnoseRun(broken).verdict).toMatchObject({
      id: 'diverged',
      summary: expect.stringContaining('not numbers'),
    })
    expect(result(diagnoseRun(broken), 'divergence')?.summary).toBe(
      'The record holds a value that is no finite number.',
    )
  })

  it('says no tail of noise that shrinks, and none of a cycle', () => {
    const shrinking = beside((step, normal) => Math.exp(-step / 500) * normal(), 2)
    expect(result(diagnoseRun(shrinking), 'tail-index')).toMatchObject({
      verdict: 'unknown',
      reason: expect.stringContaining('a mixture of scales looks heavy-tailed'),
    })
    const cycle = doubleWell({ eta: 1.1, sigma: 0, n: 2000, start: 0.9, seed: 1 })
    expect(result(diagnoseRun(cycle), 'tail-index')?.verdict).toBe('unknown')
    expect(result(diagnoseRun(cycle), 'displacement')?.reason).not.toContain('NaN')
  })
})

describe('the stationarity tests of series of few values', () => {
  /** Reason of the tests on a run of which only the loss was recorded. */
  function reasonOf(loss: Float64Array): string {
    const run = observablesFromColumns({ loss }, { loss: 'loss' }, { learningRate: 0.1 })
    return result(diagnoseRun(run), 'stationarity-tests')?.reason ?? ''
  }

  it('are not made where there are two values only', () => {
    const random = createRandomGenerator(4)
    expect(reasonOf(Float64Array.from({ length: 2000 }, () => (random.uniform() < 0.4 ? 1 : 2)))).toContain(
      'take two values only',
    )
    expect(reasonOf(Float64Array.from({ length: 2000 }, (_, t) => 1 + (t % 2)))).toContain('take two values only')
  })

  it('are made of small noise beside one large value', () => {
    const random = createRandomGenerator(5)
    const loss = Float64Array.from({ length: 2000 }, (_, t) => (t === 1200 ? 1 : 1e-13 * random.normal()))
    expect(reasonOf(loss)).toMatch(/^loss: R̂ of its quarters/)
  })
})
