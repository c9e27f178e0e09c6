import { isPreconditioned, isSgd } from '#core/diagnostics/observables/updateRule.ts'
import { nearestKey } from '#core/recipes/nearestKey.ts'
import type { RunConfig } from '#shared/run.ts'

/** Update rules that the diagnostics know, by their usual names. */
const knownOptimizers = [
  'sgd',
  'sgdm',
  'gd',
  'momentum',
  'heavy-ball',
  'adam',
  'adamw',
  'nadam',
  'amsgrad',
  'adagrad',
  'rmsprop',
]

/** One line where no rule of the given optimizer is known: it is kept, but what depends on the rule is not judged. */
export function optimizerWarnings({ optimizer }: RunConfig): string[] {
  if (optimizer === undefined || optimizer === null) return []
  const name = String(optimizer)
  if (isSgd({ optimizer: name }) || isPreconditioned({ optimizer: name })) return []
  const isNesterov = /nesterov|nag/i.test(name)
  const near = isNesterov ? 'optimizer=sgd with nesterov=true' : nearestKey(name, knownOptimizers, '')
  return [
    `optimizer=${name}: no update rule of this name is known, so what depends on the rule is not judged; ${near === null ? `known are ${knownOptimizers.join(', ')}` : `did you mean ${near}?`}`,
  ]
}
