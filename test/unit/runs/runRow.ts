import type { MetricSummary, RunRow } from '#shared/run.ts'

export function metricSummary(summary: Partial<MetricSummary> = {}): MetricSummary {
  return { last: 1, min: 0, max: 2, count: 10, lastStep: 9, nonFiniteCount: 0, ...summary }
}

/** A finished run; what a test is about it sets itself. */
export function runRow(row: Partial<RunRow> = {}): RunRow {
  return {
    id: 'r1',
    name: 'noisy labels',
    group: null,
    tags: [],
    notes: '',
    source: 'trained',
    status: 'finished',
    statusDetail: '',
    seed: 1,
    createdAtMs: Date.UTC(2026, 0, 15),
    startedAtMs: null,
    endedAtMs: null,
    heartbeatAtMs: null,
    steps: 100,
    plannedSteps: 100,
    pointCount: 1000,
    path: '/w/r1',
    config: {},
    metrics: {},
    verdict: null,
    isReadOnly: false,
    ...row,
  }
}
