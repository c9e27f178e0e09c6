import { formatExact } from '../format/formatExact.ts'
import { formatNumber } from '../format/formatNumber.ts'
import { isConstant, variance } from '../statistics/moments.ts'
import { displacementExponent, meanSquaredDisplacement } from '../statistics/meanSquaredDisplacement.ts'
import { createDiagnosticResult } from './createDiagnosticResult.ts'
import type { DiagnosticResult, LagChart } from './diagnosticResult.ts'
import { unevenReason } from './sampling.ts'
import type { JudgedVector, SegmentContext } from './segmentContext.ts'

/** `unconfined` only for the law that the verdict is about; a weights sketch beside a known loss gives `weights-only`. */
export type DisplacementFinding = 'confined' | 'unconfined' | 'weights-only' | 'missing'

const lagCount = 16
const fewestRows = 200

/**
 * Mean-squared displacement of standardised components, MSD(ℓ) = mean‖x_{t+ℓ} − x_t‖²/K, and its exponent γ over the longest usable lags (T/40 to T/10):
 * 0 confined (plateau 2), 1 diffusion, 2 drift. Function outputs when recorded, else weights.
 * γ > 0 in weights with a stable loss is motion along flat or symmetric directions.
 */
export function diagnoseDisplacement(context: SegmentContext): {
  finding: DisplacementFinding
  result: DiagnosticResult
} {
  const vector = context.vectors.find(({ kind }) => kind === 'function-outputs') ?? context.vectors[0]
  const components = vector?.components.filter((values) => !isConstant(values)) ?? []
  const rows = components[0]?.length ?? 0
  if (!vector || !vector.sampling.isEven || rows < fewestRows)
    return { finding: 'missing', result: missingDisplacement(vector, rows) }
  const lags = logarithmicLags(Math.floor(rows / 10))
  const curve = averageDisplacement(components, lags)
  const isLong = (lag: number) => lag >= rows / 40
  const exponent = displacementExponent(
    lags.filter(isLong),
    curve.filter((_, i) => isLong(lags[i] ?? 0)),
  )
  const hasFunctionLevel = context.scalars.some(({ kind }) => kind === 'loss' || kind === 'gap')
  const isUnconfined = exponent >= context.margins.displacementExponent
  const finding = !isUnconfined
    ? 'confined'
    : vector.kind === 'function-outputs' || !hasFunctionLevel
      ? 'unconfined'
      : 'weights-only'
  return { finding, result: createResult(context, vector, { lags, curve, exponent, finding, rows }) }
}

const summaries: Record<DisplacementFinding, string> = {
  confined: 'The motion is confined.',
  unconfined: 'The motion is not confined.',
  'weights-only': 'The weights wander while the law of the loss stands.',
  missing: 'No weights or function outputs were recorded.',
}

const assumption =
  'Lags up to a tenth of the segment; components are standardised, so the plateau of a confined one is 2.'

function missingDisplacement(vector: JudgedVector | undefined, rows: number): DiagnosticResult {
  return createDiagnosticResult({
    id: 'displacement',
    title: 'Displacement',
    symbol: 'γ',
    sampleSize: rows,
    verdict: 'unknown',
    reason:
      vector && !vector.sampling.isEven
        ? unevenReason(vector.name, vector.sampling)
        : rows === 0
          ? 'cannot say: no weights or function outputs were recorded'
          : `cannot say: ${rows} recorded rows, ${fewestRows} are needed`,
    summary: summaries.missing,
    assumption,
  })
}

function createResult(
  context: SegmentContext,
  vector: JudgedVector,
  {
    lags,
    curve,
    exponent,
    finding,
    rows,
  }: { lags: number[]; curve: number[]; exponent: number; finding: DisplacementFinding; rows: number },
): DiagnosticResult {
  const limit = context.margins.displacementExponent
  const chart: LagChart = {
    kind: 'lag',
    curves: [
      { label: vector.name, lags: lags.map((lag) => lag * vector.stepsPerRow), values: curve, parameter: exponent },
    ],
    reference: 2,
    logarithmic: true,
  }
  return createDiagnosticResult({
    id: 'displacement',
    title: 'Displacement',
    symbol: 'γ',
    estimate: exponent,
    sampleSize: rows,
    effectiveSampleSize: rows / vector.autocorrelationTime,
    autocorrelationTime: vector.autocorrelationTime,
    marginLow: Number.NaN,
    marginHigh: limit,
    threshold: limit,
    verdict: finding === 'confined' ? 'pass' : finding === 'unconfined' ? 'fail' : 'warn',
    reason: `exponent ${formatNumber(exponent, 2)} of ${vector.name} at long lags, limit ${formatExact(limit)}`,
    summary: summaries[finding],
    assumption,
    charts: [chart],
  })
}

function logarithmicLags(largest: number): number[] {
  const lags = Array.from({ length: lagCount }, (_, i) => Math.round(largest ** (i / (lagCount - 1))))
  return [...new Set(lags)]
}

function averageDisplacement(components: readonly Float64Array[], lags: readonly number[]): number[] {
  const sums = lags.map(() => 0)
  for (const values of components) {
    const scale = variance(values) * components.length
    meanSquaredDisplacement(values, 1, lags).forEach((value, i) => {
      sums[i] = (sums[i] ?? 0) + value / scale
    })
  }
  return sums
}
