import { classicalScaling } from '../../statistics/classicalScaling.ts'
import type { AcrossRunsDiagnosis, RunMap } from './acrossRunsTypes.ts'

/** The observables that can be mapped, the one to begin with first: outputs of the network, else the loss, else what was recorded. */
export function mappableObservables(distances: AcrossRunsDiagnosis['distances']): string[] {
  const preferred = ['function_outputs', 'loss']
  const names = Object.keys(distances).filter((name) => distances[name]?.halves.flat().every(Number.isFinite))
  return [...preferred.filter((name) => names.includes(name)), ...names.filter((name) => !preferred.includes(name))]
}

/**
 * The runs as points in the plane, so that points are about as far apart as the laws of one observable in them: classical scaling (Torgerson 1952; Gower 1966)
 * of the distances between half runs. The two halves of a run stand as points of their own, so that the scatter within a run is seen beside the distance
 * between runs; the run itself is their middle.
 *
 * @param distances of all observables, rows and columns in the order of `runIds`
 * @param observable one of `mappableObservables`; the first of them by default
 * @returns null where nothing can be mapped
 */
export function runMap(
  { runIds, distances }: Pick<AcrossRunsDiagnosis, 'runIds' | 'distances'>,
  observable: string | undefined = mappableObservables(distances)[0],
): RunMap | null {
  const measured = observable === undefined ? undefined : distances[observable]
  const plane = measured && classicalScaling(measured.halves)
  if (observable === undefined || !measured || !plane) return null
  return {
    observable,
    distance: measured.slicedWasserstein2 ? 'slicedWasserstein2' : 'wasserstein1',
    runs: runIds.map((runId, i) => {
      const [first, second] = [plane.points[2 * i], plane.points[2 * i + 1]]
      const [a, b] = [first ?? nowhere, second ?? nowhere]
      return { runId, x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, halves: [a, b] }
    }),
    explainedShare: plane.explainedShare,
    stress: plane.stress,
  }
}

const nowhere = { x: Number.NaN, y: Number.NaN }
