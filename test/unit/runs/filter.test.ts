import { describe, expect, it } from 'vitest'
import { parseFilter } from '#core/runs/filter.ts'
import { metricSummary, runRow } from './runRow.ts'

const run = runRow({
  name: 'Noisy labels 3',
  tags: ['baseline', 'paper'],
  status: 'running',
  config: { learning_rate: 0.05, 'optimizer.name': 'sgd', nesterov: false, schedule: null, and: 1 },
  metrics: {
    'train/loss': metricSummary({ last: NaN, nonFiniteCount: 2 }),
    'probe/gradient_norm': metricSummary({ last: 0.02, count: 40 }),
  },
  verdict: { id: 'invariant-measure', summary: '', detail: '', weakestLink: null },
})

describe('a filter that holds', () => {
  it.each([
    '',
    '   ',
    'config.learning_rate >= 0.01 and status = "running"',
    'config.learning_rate = 5e-2',
    'metrics."probe/gradient_norm".last < 0.1',
    'metrics.probe/gradient_norm.count = 40',
    'metrics."train/loss".last = nan',
    'name ~ "noisy"',
    'name ~ NOISY',
    'noisy',
    'noisy labels',
    '"Noisy labels"',
    'tag = paper',
    'tag != draft',
    'not tag = draft',
    'config.optimizer.name = SGD',
    'config.nesterov = false',
    'config.schedule = null',
    'config.and = 1',
    'group is missing',
    'config.missing is missing and config.learning_rate is not missing',
    'diverged',
    'verdict = invariant-measure',
    'created > 2026-01-01 and created < 2026-01-31',
    '(status = finished or status = running) and seed = 1',
    'status = finished and name = x or diverged',
    'NOT status = finished AND steps >= 100',
    'not not diverged',
  ])('%s', (filter) => {
    expect(parseFilter(filter)(run)).toBe(true)
  })
})

describe('a filter that does not hold', () => {
  it.each([
    'config.learning_rate < 0.01',
    'config.learning_rate != 0.05',
    'config.missing != 1',
    'config.__proto__ is not missing',
    'metrics."train/loss".last < 1',
    'metrics."train/loss".last > 1',
    'metrics."no such".last >= 0',
    'name = noisy',
    'name !~ noisy',
    'tag != paper',
    'quiet',
    'not diverged',
    '"diverged"',
    'status = finished and (name = x or diverged)',
  ])('%s', (filter) => {
    expect(parseFilter(filter)(run)).toBe(false)
  })
})

describe('a filter that is not understood', () => {
  it.each([
    ['status =', 9, 'a value is missing after "status ="'],
    ['status = (', 10, 'a value is missing after "status ="'],
    ['(status = running', 18, '")" is missing for "(" at 1'],
    ['status = running)', 17, '")" is not expected here'],
    ['name ~ "x', 8, 'the quote " does not end'],
    ['colour = red', 1, 'there is no field colour: fields are id, name'],
    ['metrics."a".median > 1', 1, 'there is no field metrics."a".median'],
    ['a and', 6, 'something is missing at the end'],
    ['= 3', 1, '"=" is not expected here'],
    ['status is gone', 11, 'after "is" comes "missing" or "not missing", not "gone"'],
    ['created > yesterday', 11, '"yesterday" is not a date'],
    ['a ! b', 3, '"!" is not understood here'],
  ])('%s', (filter, position, message) => {
    expect(() => parseFilter(filter)).toThrow(
      expect.objectContaining({
        code: 'invalid-filter',
        message: expect.stringContaining(`character ${position}: ${message}`),
        data: { position },
      }),
    )
  })
})
