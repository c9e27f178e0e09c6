import { ErgoscopeError } from '#shared/errors.ts'
import type { HandlersOf } from '../handlers.ts'
import type { EngineServices } from '../services.ts'

export function createDiagnosticsHandlers({ workspaces }: EngineServices): HandlersOf<'diagnostics'> {
  return {
    'diagnostics.diagnose': () => {
      throw new ErgoscopeError('not-found', `pending ${String(workspaces)}`)
    },
  }
}
