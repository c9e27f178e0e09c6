import { afterEach, describe, expect, it, vi } from 'vitest'
import { doubleWell, gradientDescent, quadraticSgd } from '#calibration/simulations.ts'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import type { RunDiagnosis } from '#core/diagnostics/verdictTypes.ts'
import { printDiagnosis } from '../../src-engine/cli/printDiagnosis.ts'

afterEach(() => vi.restoreAllMocks())

function printed(diagnosis: RunDiagnosis): string {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
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
    expect(text).toMatch(/^ {2}\? {5}Effective samples .*\n.*; this verdict does not need it; /m)
  })

  it('lets a cycle support the verdict of one', () => {
    const text = printed(diagnoseRun(doubleWell({ eta: 1.1, sigma: 0, n: 2000, start: 0.9, seed: 1 })))
    expect(text).toMatch(/^ {2}pass {2}Limit cycle /m)
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
      expect(text).toMatch(new RegExp(`^ {2}steps ${from} to ${to}: .*\\n {4}\\S.*\\n {4}have \\d+, need 50`, 'm'))
  })
})
