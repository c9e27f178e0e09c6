import type { RunDetail, RunRow } from '#shared/run.ts'
import { formatInteger } from '#core/format/formatCount.ts'
import { learningRateText } from './learningRateText.ts'

export interface ProgressMark {
  /** Position along the bar, 0..1. */
  readonly at: number
  readonly label: string
  readonly kind: 'segment' | 'checkpoint'
}

export interface RunProgress {
  /** 0..1. */
  readonly fraction: number
  readonly marks: readonly ProgressMark[]
}

/** How far a run is, with the borders of its segments and its checkpoints; null when nobody knows how far it should go. */
export function runProgress(detail: RunDetail): RunProgress | null {
  const { plannedSteps, steps } = detail.run
  if (plannedSteps === null || !(plannedSteps > 0)) return null
  const at = (step: number): number => Math.max(0, Math.min(1, step / plannedSteps))
  const segments = detail.segments.map((segment): ProgressMark => ({
    at: at(segment.from),
    label: [formatInteger(segment.from), segment.learningRate === null ? '' : learningRateText(segment.learningRate)]
      .filter(Boolean)
      .join(', '),
    kind: 'segment',
  }))
  const checkpoints = detail.checkpoints.map((checkpoint): ProgressMark => ({
    at: at(checkpoint.step),
    label: formatInteger(checkpoint.step),
    kind: 'checkpoint',
  }))
  return { fraction: at(steps), marks: [...segments, ...checkpoints] }
}

/** Marks whose label has room: from left to right, segments first, none nearer than `gap` (a share of the bar) to one before it or to the end. */
export function labelledMarks(marks: readonly ProgressMark[], gap: number): ProgressMark[] {
  const chosen: ProgressMark[] = []
  const hasRoom = (mark: ProgressMark): boolean =>
    mark.at <= 1 - gap && chosen.every((other) => Math.abs(other.at - mark.at) >= gap)
  for (const mark of [
    ...marks.filter((one) => one.kind === 'segment'),
    ...marks.filter((one) => one.kind === 'checkpoint'),
  ])
    if (hasRoom(mark)) chosen.push(mark)
  return chosen
}

/** Milliseconds until the planned end at the present speed; null when it cannot be told. */
export function timeLeftMs(run: RunRow, stepMs: number, probeShare: number): number | null {
  if (run.plannedSteps === null || !Number.isFinite(stepMs) || probeShare >= 1) return null
  return (Math.max(0, run.plannedSteps - run.steps) * stepMs) / (1 - probeShare)
}

/** Epoch reached and epochs planned; null for runs that do not say how many steps an epoch has. */
export function epochs(run: RunRow): { reached: number; planned: number | null } | null {
  const stepsPerEpoch = run.config['derived.steps_per_epoch']
  if (typeof stepsPerEpoch !== 'number' || !(stepsPerEpoch > 0)) return null
  return {
    reached: run.steps / stepsPerEpoch,
    planned: run.plannedSteps === null ? null : run.plannedSteps / stepsPerEpoch,
  }
}
