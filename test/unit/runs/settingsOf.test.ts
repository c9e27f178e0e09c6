import { describe, expect, it } from 'vitest'
import { parseFilter } from '#core/runs/filter.ts'
import { differingKeys } from '#core/runs/runGroups.ts'
import { settingsOf } from '#core/runs/settingsOf.ts'
import { metricSummary, runRow } from './runRow.ts'

const withRate = (min: number, max: number) =>
  runRow({ metrics: { lr: metricSummary({ min, max, role: 'learning_rate' }) } })

describe('settingsOf', () => {
  it('takes the learning rate from the metric that plays its role', () => {
    expect(settingsOf(withRate(0.1, 0.1))).toEqual({ learning_rate: 0.1 })
    expect(settingsOf(withRate(0.01, 0.1))).toEqual({ learning_rate: '0.01 to 0.1' })
    expect(differingKeys([withRate(0.1, 0.1), withRate(2.5, 2.5)])).toEqual(['learning_rate'])
    expect(parseFilter('config.learning_rate > 1')(withRate(2.5, 2.5))).toBe(true)
  })

  it('leaves a learning rate that was given as it is', () => {
    const config = { learning_rate: 1 }
    expect(settingsOf({ ...withRate(0.1, 0.1), config })).toEqual(config)
    expect(settingsOf(withRate(Number.NaN, Number.NaN))).toEqual({})
  })
})
