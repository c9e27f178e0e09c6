import { batchLossMetric } from '#core/diagnostics/observables/metricRoles.ts'
import { lawRoles } from '#core/diagnostics/observables/primarySeries.ts'
import {
  scalarRoles,
  vectorRoles,
  type RunObservables,
  type ScalarRole,
  type ScalarSeries,
  type VectorRole,
  type VectorSeries,
  type WeightGroup,
} from '#core/diagnostics/observables/observables.ts'
import { findWeightGroups } from '#core/diagnostics/observables/weightGroups.ts'
import { rolesOfMetric } from '#core/runs/rolesOfMetric.ts'
import type { RunReader } from '#engine/runfile/runFile.ts'
import type { MetricInfo } from '#shared/run.ts'
import { joinComponents } from './joinComponents.ts'
import { hyperparametersOf, segmentRangesOf } from './readHyperparameters.ts'

/**
 * Everything that the diagnostics can use of a run: its series by role (named ones of our own training, given ones of imports), configuration and segments. All of one
 * moment: of a run that grows meanwhile, no series is longer than another.
 */
export function readObservables(reader: RunReader): RunObservables {
  return reader.snapshot(() => gatherObservables(reader))
}

function gatherObservables(reader: RunReader): RunObservables {
  const state = reader.state()
  const config = hyperparametersOf(reader.config())
  const segments = segmentRangesOf(reader.segments(), state.steps - 1, config)
  const metrics = reader.metrics()
  const scalars = readScalarRoles(reader, metrics)
  const vectors = readVectorRoles(reader, metrics)
  const batchLoss = scalars.loss
    ? null
    : seriesOf(
        reader,
        metrics.find((metric) => metric.name === batchLossMetric),
      )
  const hasLaw =
    batchLoss !== null || lawRoles.some((role) => Object.hasOwn(scalars, role) || Object.hasOwn(vectors, role))
  return {
    runId: state.id,
    name: state.name,
    config,
    ...(segments === null ? {} : { segments }),
    scalars: batchLoss === null ? scalars : { ...scalars, loss: batchLoss },
    vectors,
    weightGroups: readWeightGroups(reader, metrics),
    others: hasLaw ? [] : readOthers(reader, metrics),
    lossSource: batchLoss === null ? 'full' : 'batch',
  }
}

function readScalarRoles(reader: RunReader, metrics: readonly MetricInfo[]): Partial<Record<ScalarRole, ScalarSeries>> {
  const found: Partial<Record<ScalarRole, ScalarSeries>> = {}
  for (const role of scalarRoles) {
    const series = seriesOf(
      reader,
      metrics.find((metric) => metric.kind === 'scalar' && rolesOfMetric(metric).includes(role)),
    )
    if (series) found[role] = series
  }
  return found
}

/** A vector role is one vector metric, or the scalar metrics that are its components, in the order of their definition. */
function readVectorRoles(reader: RunReader, metrics: readonly MetricInfo[]): Partial<Record<VectorRole, VectorSeries>> {
  const found: Partial<Record<VectorRole, VectorSeries>> = {}
  for (const role of vectorRoles) {
    const players = metrics.filter((metric) => rolesOfMetric(metric).includes(role))
    const vector = players.find((metric) => metric.kind === 'vector')
    const series = vector
      ? reader.vectors(vector.name)
      : joinComponents(players.map((metric) => reader.scalars(metric.name)))
    if (series !== null && series.steps.length > 0) found[role] = series
  }
  return found
}

function readWeightGroups(reader: RunReader, metrics: readonly MetricInfo[]): WeightGroup[] {
  const names = metrics.filter(({ kind }) => kind === 'scalar').map(({ name }) => name)
  return findWeightGroups(names, (name) => {
    const series = reader.scalars(name)
    return series.steps.length > 0 ? series : null
  })
}

function readOthers(reader: RunReader, metrics: readonly MetricInfo[]): RunObservables['others'] {
  return metrics.flatMap((metric) => {
    const series = metric.kind === 'scalar' ? seriesOf(reader, metric) : null
    return series === null ? [] : [{ name: metric.name, series }]
  })
}

function seriesOf(reader: RunReader, metric: MetricInfo | undefined): ScalarSeries | null {
  if (!metric) return null
  const series = reader.scalars(metric.name)
  return series.steps.length > 0 ? series : null
}
