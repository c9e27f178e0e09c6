import { afterEach, describe, expect, it, vi } from 'vitest'
import { doubleWell, gradientDescent, quadraticSgd } from '#calibration/simulations.ts'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import type { RunDiagnosis } from '#core/diagnostics/verdict/verdictTypes.ts'
import { textWidth } from '../../src-engine/cli/output.ts'
import { printDiagnosis } from '../../src-engine/cli/printDiagnosis.ts'

afterEach(() => vi.restoreAllMocks())

function printed(diagnosis: RunDiagnosis): string {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  write.mockClear()
  printDiagnosis(diagnosis)
  return write.mock.calls.map(([text]) => String(text)).join('')
}

describe('printDiagnosis', () => {
  it('fails no link that the verdict does not need, as the window', () => {
    const converging = diagnoseRun(gradientDescent({ h: [1, 0.25], eta: 0.1, n: 300 }))
    expect(converging.verdict.id).toBe('stationary-point')
    const failing = converging.diagnostics.filter(({ verdict }) => verdict === 'fail').map(({ title }) => title)
    expect(failing).toContain('Effective samples')
    const text = printed(converging)
    expect(text).not.toMatch(/^ {2}fail/m)
    expect(text).toMatch(/^ {2}\? {5}Effective samples .*\n.*; this\s+verdict\s+does\s+not\s+need\s+it;\s/m)
  })

  it('lets a cycle support the verdict of one', () => {
    const text = printed(diagnoseRun(doubleWell({ eta: 1.1, sigma: 0, n: 2000, start: 0.9, seed: 1 })))
    expect(text).toMatch(/^ {2}pass {2}Limit cycle /m)
  })

  it('says once what a diverged run is not judged by, and no number of it', () => {
    const text = printed(diagnoseRun(gradientDescent({ h: [1, 0.25], eta: 2.1, n: 300 })))
    expect(text).toMatch(
      /^ {10}Not judged, because the run diverged and has no law: Effective samples, Stationarity gap,/m,
    )
    expect(text).not.toContain('‖∇f‖²')
    expect(text.match(/diverged/g)).toHaveLength(3)
  })

  it('says how many steps are missing, of every segment', () => {
    const slow = (n: number) => quadraticSgd({ h: 1, eta: 0.02, sigma: 1, n, seed: 1 })
    expect(printed(diagnoseRun(slow(600)))).toMatch(/^ {2}have \d+, need 50 effective samples: about \d+\smore\ssteps/m)
    const segments = [
      { from: 0, to: 599, hyperparameters: { learningRate: 0.02 } },
      { from: 600, to: 1199, hyperparameters: { learningRate: 0.02 } },
    ]
    const text = printed(diagnoseRun({ ...slow(1200), segments }))
    for (const { from, to } of segments)
      expect(text).toMatch(
        new RegExp(`^ {2}steps ${from} to ${to}: .*\\n {4}\\S.*\\n {4}\\S.*needed\\.\\n {4}have \\d+, need 50`, 'm'),
      )
  })

  it('breaks lines at 100 columns, and at those of a terminal that has fewer', () => {
    const diagnosis = diagnoseRun(quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 4000, seed: 1 }))
    const columns = Object.getOwnPropertyDescriptor(process.stdout, 'columns')
    const widest = (text: string) => Math.max(...text.split('\n').map(textWidth))
    const words = (text: string) => text.split(/\s+/).join(' ')
    const wide = printed(diagnosis)
    try {
      Object.defineProperty(process.stdout, 'columns', { value: 80, configurable: true })
      const narrow = printed(diagnosis)
      expect([widest(wide) <= 100, widest(wide) > 80, widest(narrow) <= 80]).toEqual([true, true, true])
      expect(words(narrow)).toBe(words(wide))
    } finally {
      if (columns) Object.defineProperty(process.stdout, 'columns', columns)
      else Reflect.deleteProperty(process.stdout, 'columns')
    }
  })

  it('tells a sample size beside another number that ends in the same digits', () => {
    const diagnosis = diagnoseRun(quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 4000, seed: 1 }))
    const lineFor = (sampleSize: number): string => {
      const diagnostics = diagnosis.diagnostics.map((result) =>
        result.id === 'autocorrelation' ? { ...result, sampleSize, reason: '120 judged points' } : result,
      )
      return /120\sjudged\spoints.*/.exec(printed({ ...diagnosis, diagnostics }))?.[0] ?? ''
    }
    expect(lineFor(20)).toMatch(/;\s20\spoints$/)
    expect(lineFor(120)).not.toMatch(/120\spoints$/)
  })

  it('tells an interval and a sample size once', () => {
    const text = printed(diagnoseRun(quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 4000, seed: 1 })))
    expect(text).toMatch(/false alarms at nominal 5\s% in 200\s+simulated series\n/)
    expect(text).toMatch(/^ {10}exponent .*\s\[.*\] of weights at long lags; limit 0\.8; \d+\spoints$/m)
  })
})
