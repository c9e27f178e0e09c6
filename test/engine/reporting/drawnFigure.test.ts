import { describe, expect, it } from 'vitest'
import { drawnFigure } from '#engine/reporting/drawnFigure.ts'
import { toErrorReport } from '#shared/errors.ts'

describe('a figure that cannot be drawn', () => {
  it('says so in its place, and never without a reason', () => {
    const { text } = drawnFigure(() => {
      throw new Error()
    })
    expect(text).toMatch(/^<p class="undrawn">This figure could not be drawn: Error without a message.*</)
  })
})

describe('the report of a fault', () => {
  it('is never empty', () => {
    expect(toErrorReport(new Error()).message).toMatch(/^Error without a message/)
    expect(toErrorReport(new RangeError(' ')).message).toMatch(/^RangeError without a message/)
    expect(toErrorReport('').message).toBe('a fault without a message')
    expect(toErrorReport(new Error('disk')).message).toBe('disk')
  })
})
