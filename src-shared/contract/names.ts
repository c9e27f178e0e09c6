import type { MethodName, TopicName } from './contract.ts'

/**
 * The names alone, for the preload, which must not carry the schemas into every page. `satisfies` refuses a name that is not in the contract;
 * a test refuses a missing one.
 */
export const methodNames = [
  'engine.hello',
  'engine.ping',
  'engine.doctor',
  'settings.read',
  'settings.update',
  'workspace.open',
  'workspace.saveView',
  'runs.list',
  'runs.get',
  'runs.verify',
  'series.read',
  'series.phase',
  'series.export',
  'diagnostics.diagnose',
  'diagnostics.report',
  'recipes.list',
  'recipes.schema',
  'recipes.check',
  'training.start',
  'training.startDemo',
  'training.control',
  'imports.preview',
  'imports.run',
  'tensorLibrary.status',
  'tensorLibrary.install',
] as const satisfies readonly MethodName[]

export const topicNames = ['workspace.changes'] as const satisfies readonly TopicName[]
