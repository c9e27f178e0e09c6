import type { Handlers } from './handlers.ts'
import { createDiagnosticsHandlers } from './handlers/diagnostics.ts'
import { createEngineHandlers } from './handlers/engine.ts'
import { createImportsHandlers } from './handlers/imports.ts'
import { createRecipesHandlers } from './handlers/recipes.ts'
import { createRunsHandlers } from './handlers/runs.ts'
import { createSeriesHandlers } from './handlers/series.ts'
import { createSettingsHandlers } from './handlers/settings.ts'
import { createTensorLibraryHandlers } from './handlers/tensorLibrary.ts'
import { createTrainingHandlers } from './handlers/training.ts'
import { createWorkspaceHandlers } from './handlers/workspace.ts'
import type { EngineServices } from './services.ts'

/** The dispatch table: every method of the contract and what answers it. */
export function createHandlers(services: EngineServices): Handlers {
  return {
    ...createEngineHandlers(),
    ...createSettingsHandlers(services),
    ...createWorkspaceHandlers(services),
    ...createRunsHandlers(services),
    ...createSeriesHandlers(services),
    ...createDiagnosticsHandlers(services),
    ...createRecipesHandlers(),
    ...createTrainingHandlers(services),
    ...createImportsHandlers(services),
    ...createTensorLibraryHandlers(),
  }
}
