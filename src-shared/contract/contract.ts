import type { z } from 'zod'
import { diagnosticsContract } from './diagnostics.ts'
import { engineContract } from './engine.ts'
import { importsContract } from './imports.ts'
import { runsContract } from './runs.ts'
import { seriesContract } from './series.ts'
import { tensorLibraryContract } from './tensorLibrary.ts'
import { trainingContract } from './training.ts'
import { workspaceContract, workspaceTopics } from './workspace.ts'

/** Every method of the engine. The client's types, the server's dispatch and the preload's allow-list are derived from this table. */
export const contract = {
  ...engineContract,
  ...workspaceContract,
  ...runsContract,
  ...seriesContract,
  ...diagnosticsContract,
  ...trainingContract,
  ...importsContract,
  ...tensorLibraryContract,
}

export const topics = { ...workspaceTopics }

export type MethodName = keyof typeof contract
export type TopicName = keyof typeof topics

/** What a caller passes (defaults may be left out) and what the handler receives (defaults filled in). */
export type RequestInput<Name extends MethodName> = z.input<(typeof contract)[Name]['request']>
export type RequestOf<Name extends MethodName> = z.output<(typeof contract)[Name]['request']>
export type ResponseOf<Name extends MethodName> = z.output<(typeof contract)[Name]['response']>
export type TopicRequest<Name extends TopicName> = z.input<(typeof topics)[Name]['request']>
export type TopicPayload<Name extends TopicName> = z.output<(typeof topics)[Name]['payload']>
