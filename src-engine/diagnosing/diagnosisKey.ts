import { createHash } from 'node:crypto'
import { defaultMargins, type DiagnosticMargins } from '#core/diagnostics/results/margins.ts'
import { marginFault } from '#core/diagnostics/results/marginRanges.ts'
import { methodVersion } from '#core/diagnostics/methodVersion.ts'
import { ErgoscopeError } from '#shared/errors.ts'

/** Says everything that a diagnosis depends on: the state of the run file, the margins, the method. */
export function diagnosisKey(changeToken: string, margins: Partial<DiagnosticMargins>): string {
  const effective = Object.entries({ ...defaultMargins, ...margins }).toSorted(([a], [b]) => a.localeCompare(b))
  return createHash('sha256')
    .update(JSON.stringify([methodVersion, changeToken, effective]))
    .digest('hex')
}

/** Changed margins as the diagnostics take them. Throws ErgoscopeError `bad-request` for a name that is none, or a number outside the range of the margin. */
export function checkMargins(margins: Readonly<Record<string, number>>): Partial<DiagnosticMargins> {
  for (const [name, value] of Object.entries(margins)) {
    if (!isMarginName(name)) {
      throw new ErgoscopeError(
        'bad-request',
        `There is no margin "${name}"; margins are ${Object.keys(defaultMargins).join(', ')}`,
      )
    }
    const fault = marginFault(name, value)
    if (fault !== undefined)
      throw new ErgoscopeError('bad-request', `The margin ${name}=${value} is out of range; ${fault} is needed`)
  }
  return margins
}

function isMarginName(name: string): name is keyof DiagnosticMargins {
  return Object.hasOwn(defaultMargins, name)
}

/** Whether these margins are the documented defaults, on which the verdict in the table of runs rests. */
export function areDefaultMargins(margins: Partial<DiagnosticMargins>): boolean {
  const defaults: Readonly<Record<string, number>> = { ...defaultMargins }
  return Object.entries(margins).every(([name, value]) => defaults[name] === value)
}
