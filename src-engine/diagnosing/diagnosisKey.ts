import { createHash } from 'node:crypto'
import { defaultMargins, type DiagnosticMargins } from '#core/diagnostics/margins.ts'
import { methodVersion } from '#core/diagnostics/methodVersion.ts'
import { ErgoscopeError } from '#shared/errors.ts'

/** Says everything that a diagnosis depends on: the state of the run file, the margins, the method. */
export function diagnosisKey(changeToken: string, margins: Partial<DiagnosticMargins>): string {
  const effective = Object.entries({ ...defaultMargins, ...margins }).toSorted(([a], [b]) => a.localeCompare(b))
  return createHash('sha256')
    .update(JSON.stringify([methodVersion, changeToken, effective]))
    .digest('hex')
}

/** Changed margins as the diagnostics take them. Throws ErgoscopeError `bad-request` for a name that is none, or a number that is not finite. */
export function checkMargins(margins: Readonly<Record<string, number>>): Partial<DiagnosticMargins> {
  for (const [name, value] of Object.entries(margins)) {
    if (!Object.hasOwn(defaultMargins, name)) {
      throw new ErgoscopeError(
        'bad-request',
        `There is no margin "${name}"; margins are ${Object.keys(defaultMargins).join(', ')}`,
      )
    }
    if (!Number.isFinite(value))
      throw new ErgoscopeError('bad-request', `The margin ${name} must be a finite number, not ${value}`)
  }
  return margins
}

/** Whether these margins are the documented defaults, on which the verdict in the table of runs rests. */
export function areDefaultMargins(margins: Partial<DiagnosticMargins>): boolean {
  const defaults: Readonly<Record<string, number>> = { ...defaultMargins }
  return Object.entries(margins).every(([name, value]) => defaults[name] === value)
}
