import { describe, expect, it } from 'vitest'
import { formatRoute, parseRoute } from '../../../src-renderer/app/routeText.ts'

describe('parseRoute', () => {
  it('reads pages, runs and queries, with or without a hash', () => {
    expect(parseRoute('runs')).toEqual({ page: 'runs', runId: null, query: {} })
    expect(parseRoute('#/compare?runs=a%2Cb&x=step')).toEqual({
      page: 'compare',
      runId: null,
      query: { runs: 'a,b', x: 'step' },
    })
    expect(parseRoute('run/a%2Fb')).toEqual({ page: 'run', runId: 'a/b', query: {} })
  })

  it('refuses what is no page', () => {
    expect(parseRoute('')).toBeNull()
    expect(parseRoute('constructor')).toBeNull()
    expect(parseRoute('run/')).toBeNull()
  })

  it('takes a stray percent sign literally', () => {
    expect(parseRoute('run/50%')?.runId).toBe('50%')
  })

  it('is the inverse of formatRoute', () => {
    for (const text of ['runs', 'run/x%20y', 'compare?panels=probe%2Floss&log=x']) {
      const route = parseRoute(text)
      expect(route && parseRoute(formatRoute(route))).toEqual(route)
    }
  })
})
