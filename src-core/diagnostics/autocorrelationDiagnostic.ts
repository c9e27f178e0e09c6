import { formatNumber } from '../format/formatNumber.ts'
import { autocorrelation } from '../statistics/autocovariance.ts'
import { geyerAutocorrelationTime, sokalAutocorrelationTime } from '../statistics/autocorrelationTime.ts'
import { isConstant } from '../statistics/moments.ts'
import { createDiagnosticResult } from './createDiagnosticResult.ts'
import type { DiagnosticResult } from './diagnosticResult.ts'
import type { JudgedScalar, SegmentContext } from './segmentContext.ts'

const curvePointCount = 100

/**
 * Autocorrelation of every judged series with its integrated time τ, the larger of 1, Sokal's and that of batch means (Geyer's beside it).
 * Informative: it decides nothing by itself, but every interval rests on it.
 */
export function diagnoseAutocorrelation(context: SegmentContext): DiagnosticResult {
  const series = [...context.scalars, ...(context.scalars.length === 0 ? context.gating.slice(0, 4) : [])].filter(
    ({ values }) => values.length >= 8 && !isConstant(values),
  )
  const main = context.gating.find(({ autocorrelationTime }) => Number.isFinite(autocorrelationTime))
  return createDiagnosticResult({
    id: 'autocorrelation',
    title: 'Autocorrelation',
    symbol: 'τ',
    estimate: main?.autocorrelationTime ?? Number.NaN,
    sampleSize: main?.values.length ?? 0,
    effectiveSampleSize: main?.effectiveSampleSize ?? Number.NaN,
    autocorrelationTime: main?.autocorrelationTime ?? Number.NaN,
    unit: 'points',
    verdict: main ? 'pass' : 'unknown',
    reason: main
      ? `τ of ${main.name} is ${formatNumber(main.autocorrelationTime)} points`
      : 'cannot say: nothing varies',
    summary: main ? 'How long each observable remembers.' : 'No observable varies.',
    assumption: 'Even spacing of the recorded points.',
    details: series.flatMap(({ name, values }) => [
      { label: `Sokal τ of ${name}`, value: sokalAutocorrelationTime(values), unit: 'points' },
      { label: `Geyer τ of ${name}`, value: geyerAutocorrelationTime(values), unit: 'points' },
    ]),
    charts:
      series.length === 0
        ? []
        : [
            {
              kind: 'lag',
              curves: series.map(curve),
              reference: 1.96 / Math.sqrt(main?.values.length ?? Number.NaN),
              logarithmic: false,
            },
          ],
  })
}

function curve({ name, steps, values, autocorrelationTime }: JudgedScalar) {
  const spacing = ((steps.at(-1) ?? 0) - (steps[0] ?? 0)) / Math.max(1, steps.length - 1)
  const reach = Math.min(values.length - 1, Math.max(20, Math.ceil(8 * autocorrelationTime)))
  const stride = Math.max(1, Math.ceil(reach / curvePointCount))
  const rho = autocorrelation(values, reach)
  const lags = Array.from({ length: Math.floor(reach / stride) + 1 }, (_, i) => i * stride)
  return {
    label: name,
    lags: lags.map((lag) => lag * spacing),
    values: lags.map((lag) => rho[lag] ?? Number.NaN),
    parameter: autocorrelationTime * spacing,
  }
}
