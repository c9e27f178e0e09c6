import { diagnoseBalance } from '#core/diagnostics/checks/equilibrium/balance.ts'
import { diagnoseFluctuationDissipation } from '#core/diagnostics/checks/equilibrium/fluctuationDissipation.ts'
import { diagnosePflug } from '#core/diagnostics/checks/gradient/pflug.ts'
import type { SegmentContext } from '#core/diagnostics/checks/segmentContext.ts'
import { diagnoseTailIndex } from '#core/diagnostics/checks/gradient/tailIndexDiagnostic.ts'
import type { RunLaw } from './runLaws.ts'

/** What a diagnostic may call a stationary run on a quadratic, and would be wrong. */
export interface RunCall {
  readonly name: string
  readonly isAsked: (law: RunLaw, n: number) => boolean
  readonly isCalled: (context: SegmentContext) => boolean
}

const isPlain = ({ name }: RunLaw) => name.startsWith('SGD')
const isQuadratic = (law: RunLaw) => isPlain(law) || law.name.startsWith('heavy ball')

export const runCalls: readonly RunCall[] = [
  {
    name: 'Pflug says “still travels”',
    isAsked: isPlain,
    isCalled: (context) => diagnosePflug(context).verdict === 'warn',
  },
  {
    name: 'SASA+ rejects stationarity',
    isAsked: isQuadratic,
    isCalled: (context) =>
      diagnoseFluctuationDissipation(context).details.some(
        ({ label, value }) => label.startsWith('SASA+: interval holds zero') && value === 0,
      ),
  },
  {
    name: 'balance denied',
    isAsked: isQuadratic,
    isCalled: (context) => ['partial', 'ascent', 'descent'].includes(diagnoseBalance(context).finding),
  },
  {
    name: 'noise called heavier than Gaussian',
    // Twenty control samples of the same length: slow for long runs, of which only the last 4096 rows are used.
    isAsked: (law, n) => isPlain(law) && !law.name.includes('Student') && n <= 500,
    isCalled: (context) => diagnoseTailIndex(context).verdict === 'warn',
  },
]
