import { ErgoscopeError } from '#shared/errors.ts'
import type { RunRow } from '#shared/run.ts'

const listedCandidates = 8

function describeCandidates(rows: readonly RunRow[]): string {
  const listed = rows.slice(0, listedCandidates).map(({ id, name }) => `${id} (${name})`)
  const rest = rows.length - listed.length
  return rest > 0 ? `${listed.join(', ')} and ${rest} more` : listed.join(', ')
}

/** Id of the run that a text means: its whole id, else its whole name, else the beginning of its id. Errors: `not-found`, `ambiguous` with the candidates. */
export function resolveRun(rows: readonly RunRow[], text: string): string {
  const byId = rows.find(({ id }) => id === text)
  if (byId) return byId.id
  const byName = rows.filter(({ name }) => name === text)
  const candidates = byName.length > 0 ? byName : rows.filter(({ id }) => text !== '' && id.startsWith(text))
  const [only] = candidates
  if (!only)
    throw new ErgoscopeError('not-found', `there is no run "${text}": give an id, a unique beginning of one, or a name`)
  if (candidates.length > 1)
    throw new ErgoscopeError(
      'ambiguous',
      `"${text}" means ${candidates.length} runs: ${describeCandidates(candidates)}; give an id`,
    )
  return only.id
}
