import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { Recipe } from '#core/recipes/recipe.ts'
import type { StepTimer } from './session/stepTimer.ts'

const stepTimeSchema = z.object({ stepMs: z.number(), probeMs: z.record(z.string(), z.number()) })
export type StepTime = z.infer<typeof stepTimeSchema>

/** What one step and one probe of this experiment last cost on this machine; null when it was never trained here. */
export function readStepTime(recipe: Recipe): StepTime | null {
  try {
    return stepTimeSchema.parse(JSON.parse(readFileSync(fileOf(recipe), 'utf8')))
  } catch {
    return null // never measured, or not readable: the estimate says "unknown"
  }
}

/** Remembers what steps and probes cost, in the user's cache. An unwritable cache only leaves the next estimate unknown. */
export function recordStepTime(recipe: Recipe, timer: StepTimer): void {
  const { stepCount, stepMs, probeMs } = timer.measured()
  if (stepCount === 0) return
  const file = fileOf(recipe)
  const aside = `${file}.${process.pid}.new`
  try {
    mkdirSync(stepTimesFolder(), { recursive: true })
    writeFileSync(aside, JSON.stringify({ stepMs, probeMs } satisfies StepTime))
    renameSync(aside, file)
  } catch (cause) {
    process.stderr.write(`step times not remembered: ${cause instanceof Error ? cause.message : String(cause)}\n`)
  }
}

function stepTimesFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'ergoscope', 'step-times')
}

/** One file per what decides the cost: model, data, batch and what each probe does; not for how long or how often. */
function fileOf(recipe: Recipe): string {
  const probes = Object.entries(recipe.probes).map(([name, probe]) => [name, { ...probe, every: 0 }])
  const what =
    'problem' in recipe
      ? [recipe.problem, recipe.optimizer.kind, probes]
      : [recipe.data, recipe.model, recipe.batch_size, recipe.optimizer.kind, probes]
  return join(stepTimesFolder(), `${createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 24)}.json`)
}
