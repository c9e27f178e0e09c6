import { ErgoscopeError } from '#shared/errors.ts'
import type { HandlersOf } from '../handlers.ts'
import type { EngineServices } from '../services.ts'

export function createTrainingHandlers({ workspaces }: EngineServices): HandlersOf<'training'> {
  return {
    'training.start': () => {
      throw new ErgoscopeError('cannot-control', 'pending')
    },
    'training.startDemo': () => {
      throw new ErgoscopeError('cannot-control', 'pending')
    },
    'training.control': () => {
      throw new ErgoscopeError('cannot-control', `pending ${String(workspaces)}`)
    },
  }
}
