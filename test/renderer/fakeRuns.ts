import type { MetricSummary, RunRow } from '#shared/run.ts'

/** A summary of a metric with `count` points. */
export function fakeMetric(last: number, count = 100): MetricSummary {
  return { last, min: last, max: last * 2, count, lastStep: count - 1, nonFiniteCount: Number.isFinite(last) ? 0 : 1 }
}

/** A finished run; `changes` overrides any field. */
export function fakeRun(id: string, changes: Partial<RunRow> = {}): RunRow {
  return {
    id,
    name: id,
    group: null,
    tags: [],
    notes: '',
    source: 'trained',
    status: 'finished',
    statusDetail: '',
    seed: 0,
    createdAtMs: 1_700_000_000_000,
    startedAtMs: 1_700_000_000_000,
    endedAtMs: 1_700_000_060_000,
    heartbeatAtMs: 1_700_000_060_000,
    steps: 6000,
    plannedSteps: 6000,
    pointCount: 12_000,
    path: `/workspace/${id}`,
    config: { learning_rate: 0.1, momentum: 0.9, batch_size: 128, seed: 0 },
    metrics: { 'probe/loss': fakeMetric(1.1), 'probe/gradient_norm': fakeMetric(0.6) },
    verdict: null,
    isReadOnly: false,
    ...changes,
  }
}
