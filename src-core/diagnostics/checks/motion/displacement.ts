import { formatInterval } from '../../../format/formatEstimate.ts'
import { formatExact } from '../../../format/formatExact.ts'
import { displacementCurve, type DisplacementCurve } from '../../../statistics/displacementCurve.ts'
import { isConstant } from '../../../statistics/moments.ts'
import { createDiagnosticResult } from '../../results/createDiagnosticResult.ts'
import type { CurveChart, DiagnosticResult, LagChart, NamedNumber } from '../../results/diagnosticResult.ts'
import { unevenReason } from '../../observables/sampling.ts'
import type { JudgedVector, SegmentContext } from '../segmentContext.ts'

/**
 * `unconfined` and `slow` only for the law that the verdict is about; a weights sketch beside a known loss gives `weights-only`. `unconfined`: the whole interval is above the middle between the limit and the 1 of a walk, of eight components or more;
 * `slow`: the estimate is above it, as it is of a walk and just as well of a stationary law that remembers as long as the record. `unresolved`: below, and the interval reaches across the limit, or the displacement as a whole grows beyond it.
 * `resting`: weights beside a known loss that have all but ended their way.
 */
export type DisplacementFinding =
  | 'confined'
  | 'unconfined'
  | 'slow'
  | 'weights-only'
  | 'resting'
  | 'unresolved'
  | 'missing'

/** What is known of the weights, or of the outputs, themselves, whatever the verdict is about. */
export type VectorMotion = 'confined' | 'wandering' | 'resting' | 'unknown'

const lagCount = 16
const fewestRows = 200
/** Of the law that the verdict is about, to tell a walk from a law with a memory of a fifth of the record: with fewer the interval of γ is too wide. */
const fewestComponents = 8
/** Of weights or outputs, for a word about their law: what a number needs. */
const fewestEffective = 20

interface MeasuredVector {
  readonly vector: JudgedVector
  readonly rows: number
  readonly componentCount: number
  readonly curve: DisplacementCurve
}

/**
 * Mean-squared displacement MSD(ℓ) = mean‖x_{t+ℓ} − x_t‖² of function outputs and of weights, and its exponent γ over the longest usable lags (T/40 to T/10):
 * 0 confined, 1 diffusion, 2 drift; 95 % intervals by a block jackknife. γ is the mean of those of the components; the curves in units have the plateau 2 tr C,
 * sums over the K recorded components: of unit-norm random projections of D weights, multiply by D/K for all weights.
 * Function outputs decide when recorded, else weights: γ > 0 in weights with a stable loss is motion along flat or symmetric directions. Confined is said only where the whole interval of γ is below the limit, and that of the slope of log MSD itself,
 * which a few components that walk among many that do not lead.
 */
export function diagnoseDisplacement(context: SegmentContext): {
  finding: DisplacementFinding
  weights: VectorMotion
  outputs: VectorMotion
  result: DiagnosticResult
} {
  const ordered = context.vectors.toSorted(
    (a, b) => Number(b.kind === 'function-outputs') - Number(a.kind === 'function-outputs'),
  )
  const measured = ordered.flatMap(measureVector)
  const [main] = measured
  if (!main || main.vector !== ordered[0])
    return { finding: 'missing', weights: 'unknown', outputs: 'unknown', result: missingDisplacement(ordered[0]) }
  const hasFunctionLevel = context.scalars.some(({ kind }) => kind === 'loss' || kind === 'gap')
  const limit = context.margins.displacementExponent
  const isDeciding = main.vector.kind === 'function-outputs' || !hasFunctionLevel
  const finding = isDeciding ? findLaw(main, limit) : findWeights(main, limit)
  const motionOf = (kind: JudgedVector['kind']) =>
    motion(
      measured.find(({ vector }) => vector.kind === kind),
      limit,
    )
  return {
    finding,
    weights: motionOf('weights'),
    outputs: motionOf('function-outputs'),
    result: createResult(context, measured, finding),
  }
}

/** Of the law that the verdict is about. */
function findLaw(main: MeasuredVector, limit: number): DisplacementFinding {
  if (isBelow(main, limit)) return 'confined'
  const { exponent, exponentLow } = main.curve
  if (!(exponent >= limit)) return 'unresolved'
  return exponentLow >= wanderingFrom(limit) && main.componentCount >= fewestComponents ? 'unconfined' : 'slow'
}

/** Of weights beside a known loss. */
function findWeights(main: MeasuredVector, limit: number): DisplacementFinding {
  if (isBelow(main, limit)) return 'confined'
  if (!wanders(main, limit)) return 'unresolved'
  return comesToRest(main.vector) ? 'resting' : 'weights-only'
}

/** A law of five relaxation times has γ = 0.86 at the lags that are looked at: only what lies clearly nearer to a walk is one. */
function wanderingFrom(limit: number): number {
  return Math.max(limit, (1 + limit) / 2)
}

/** Of the components on average, and of the displacement as a whole: among many that are confined a few may still wander. */
function isBelow({ curve }: MeasuredVector, limit: number): boolean {
  return Math.max(curve.exponent, curve.exponentHigh, curve.slopeInUnits, curve.slopeInUnitsHigh) < limit
}

function wanders({ curve }: MeasuredVector, limit: number): boolean {
  return curve.exponent >= limit || curve.slopeInUnits >= limit
}

/** Share of the judged part that counts as its end, and of the whole range of a component that its range there may be where it comes to rest. */
const [endShare, restShare] = [0.2, 1e-3]

/** Whether every component has all but ended its way: the law of a motion that goes on has about the same range in every part. */
function comesToRest({ components }: JudgedVector): boolean {
  return components.every(
    (values) => rangeOf(values.subarray(-Math.floor(endShare * values.length))) <= restShare * rangeOf(values),
  )
}

const rangeOf = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, value), -Infinity) -
  values.reduce((least, value) => Math.min(least, value), Infinity)

/** A walk that is short against its own memory can look confined: a word about a law needs some effective samples of it. */
function motion(measured: MeasuredVector | undefined, limit: number): VectorMotion {
  if (!measured) return 'unknown'
  if (wanders(measured, limit)) return comesToRest(measured.vector) ? 'resting' : 'wandering'
  const isSampled = measured.rows / measured.vector.autocorrelationTime >= fewestEffective
  return isSampled && isBelow(measured, limit) ? 'confined' : 'unknown'
}

function measureVector(vector: JudgedVector): MeasuredVector[] {
  const components = vector.components.filter((values) => !isConstant(values))
  const rows = components[0]?.length ?? 0
  if (!vector.sampling.isEven || rows < fewestRows) return []
  const lags = logarithmicLags(Math.floor(rows / 10))
  const curve = displacementCurve(components, lags, { longFrom: rows / 40 })
  return [{ vector, rows, componentCount: components.length, curve }]
}

const summaries: Record<DisplacementFinding, string> = {
  confined: 'The motion is confined.',
  unconfined: 'The motion is not confined.',
  slow: 'The motion is that of a walk, or of a law that remembers as long as the record.',
  'weights-only': 'The weights wander.',
  resting: 'The weights come to rest: what is left of their motion is a thousandth of it or less.',
  unresolved: 'Whether the motion is confined cannot be said.',
  missing: 'The displacement cannot be judged.',
}

/** Confined outputs of a network do not keep its weights from wandering along directions that the outputs do not see. */
function summaryOf(finding: DisplacementFinding, measured: readonly MeasuredVector[], limit: number): string {
  const wandering = finding === 'confined' && measured.some((each) => wanders(each, limit) && !comesToRest(each.vector))
  return wandering ? 'What the network computes is confined; its weights wander.' : summaries[finding]
}

/** Why both hold where the weights come to rest and their displacement still grows: γ is of standardised components, in units of their own scatter, however small. */
export function besideVanishingGradient(result: DiagnosticResult): DiagnosticResult {
  const claim = result.summary.replace(/\.$/, '')
  return {
    ...result,
    summary: `${claim}: γ tells how they move, not how far, and the gradient that moves them vanishes.`,
  }
}

const assumption =
  'Even spacing, lags up to a tenth of the judged part, and a plateau, if there is one, that begins before. Components of the weights are unit-norm projections or the weights themselves: times D/K for all D.'

function missingDisplacement(vector: JudgedVector | undefined): DiagnosticResult {
  const varying = vector?.components.filter((values) => !isConstant(values)) ?? []
  const rows = vector?.components[0]?.length ?? 0
  return createDiagnosticResult({
    id: 'displacement',
    title: 'Displacement',
    symbol: 'γ',
    sampleSize: rows,
    verdict: 'unknown',
    reason: !vector
      ? 'no weights or function outputs were recorded'
      : !vector.sampling.isEven
        ? unevenReason(vector.name, vector.sampling)
        : varying.length === 0
          ? `${vector.name}: nothing varies`
          : `${rows} recorded rows, ${fewestRows} are needed`,
    summary: summaries.missing,
    assumption,
  })
}

function createResult(
  context: SegmentContext,
  measured: readonly MeasuredVector[],
  finding: DisplacementFinding,
): DiagnosticResult {
  const limit = context.margins.displacementExponent
  const [main] = measured
  return createDiagnosticResult({
    id: 'displacement',
    title: 'Displacement',
    symbol: 'γ',
    estimate: main?.curve.exponent ?? Number.NaN,
    low: main?.curve.exponentLow ?? Number.NaN,
    high: main?.curve.exponentHigh ?? Number.NaN,
    sampleSize: main?.rows ?? 0,
    effectiveSampleSize: main ? main.rows / main.vector.autocorrelationTime : Number.NaN,
    autocorrelationTime: main?.vector.autocorrelationTime ?? Number.NaN,
    marginLow: Number.NaN,
    marginHigh: limit,
    threshold: limit,
    verdict: verdicts[finding],
    reason: reasonOf(measured, finding, limit),
    summary: summaryOf(finding, measured, limit),
    assumption,
    details: measured.flatMap(vectorDetails),
    charts: [standardisedChart(measured), ...measured.map(unitsChart)],
  })
}

const verdicts = {
  confined: 'pass',
  unconfined: 'fail',
  slow: 'unknown',
  'weights-only': 'warn',
  resting: 'pass',
  unresolved: 'unknown',
  missing: 'unknown',
} as const

function reasonOf(measured: readonly MeasuredVector[], finding: DisplacementFinding, limit: number): string {
  const text = `${measured.map((each) => exponentText(each, limit)).join('; ')}; limit ${formatExact(limit)}`
  if (finding !== 'unresolved') return text
  return Number.isFinite(measured[0]?.curve.exponent)
    ? `an interval reaches across the limit: ${text}`
    : `${measured[0]?.vector.name ?? ''} come back to where they were, as on a cycle: a displacement of zero has no exponent`
}

function exponentText({ vector, curve }: MeasuredVector, limit: number): string {
  if (!Number.isFinite(curve.exponent)) return `${vector.name} have no exponent at long lags`
  const text = `exponent ${formatInterval(curve.exponent, curve.exponentLow, curve.exponentHigh)} of ${vector.name} at long lags`
  const { slopeInUnits: slope, slopeInUnitsHigh: high } = curve
  const hidesSome = curve.exponent < limit && high >= limit && (curve.exponentHigh < limit || slope >= limit)
  return hidesSome
    ? `${text}, but ${formatInterval(slope, 2 * slope - high, high)} of their displacement as a whole: some components travel farther`
    : text
}

function vectorDetails({ vector, componentCount, curve }: MeasuredVector): NamedNumber[] {
  const { name } = vector
  return [
    { label: `exponent of ${name}`, value: curve.exponent, unit: '' },
    { label: `exponent of ${name}, low`, value: curve.exponentLow, unit: '' },
    { label: `exponent of ${name}, high`, value: curve.exponentHigh, unit: '' },
    { label: `slope of log MSD of ${name}, in units`, value: curve.slopeInUnits, unit: '' },
    { label: `displacement of ${name} at the longest lag`, value: curve.values.at(-1) ?? Number.NaN, unit: '' },
    { label: `plateau 2 tr C of ${name}`, value: curve.plateau, unit: '' },
    { label: `components of ${name} (K)`, value: componentCount, unit: '' },
  ]
}

function standardisedChart(measured: readonly MeasuredVector[]): LagChart {
  return {
    kind: 'lag',
    curves: measured.map(({ vector, curve }) => ({
      label: vector.name,
      lags: curve.lags.map((lag) => lag * vector.stepsPerRow),
      values: curve.standardised,
      parameter: curve.exponent,
    })),
    reference: 2,
    logarithmic: true,
  }
}

function unitsChart({ vector, componentCount, curve }: MeasuredVector): CurveChart {
  return {
    kind: 'curve',
    title: `Displacement of ${vector.name}, in units`,
    xName: `lag, steps (sum over ${componentCount} components, squared)`,
    curves: [
      {
        label: vector.name,
        x: curve.lags.map((lag) => lag * vector.stepsPerRow),
        y: curve.values,
        low: curve.low,
        high: curve.high,
        isReference: false,
      },
    ],
    references: [{ axis: 'y', at: curve.plateau, label: '2 tr C' }],
    isLogarithmicX: true,
    isLogarithmicY: true,
  }
}

function logarithmicLags(largest: number): number[] {
  const lags = Array.from({ length: lagCount }, (_, i) => Math.round(largest ** (i / (lagCount - 1))))
  return [...new Set(lags)]
}
