import { Window } from 'happy-dom'
import { expect, it } from 'vitest'
import { gradientDescent, quadraticSgd } from '#calibration/simulations.ts'
import { diagnoseRun } from '#core/diagnostics/diagnoseRun.ts'
import { linksTable } from '#engine/reporting/linksTable.ts'

it('shows no number of a run that diverged, beside those of one that is judged', () => {
  const diverged = diagnoseRun(gradientDescent({ h: [1, 0.25], eta: 2.1, n: 300 }))
  const settled = diagnoseRun(quadraticSgd({ h: 1, eta: 0.1, sigma: 1, n: 2000, seed: 1 }))
  expect(diverged.diagnostics.find(({ id }) => id === 'stationarity-gap')?.estimate).toBeGreaterThan(1)
  const { document } = new Window({ settings: { disableJavaScriptEvaluation: true } })
  document.write(linksTable([{ diagnosis: diverged }, { diagnosis: settled }]).text)
  const cells = (column: number): Map<string, string> =>
    new Map(
      [...document.querySelectorAll('tbody tr')].map((row) => [
        row.querySelector('th')?.textContent ?? '',
        row.querySelectorAll('td')[column]?.textContent.trim() ?? '',
      ]),
    )
  const { claim = '' } = diverged.verdict.evidence.find(({ diagnosticId }) => diagnosticId === 'stationarity-gap') ?? {}
  expect(cells(0).get(claim)).toBe('–')
  expect(cells(1).get(claim)).toMatch(/\d.*above 0/)
  const numbered = [...cells(0)].filter(([, text]) => /\d/.test(text)).map(([name]) => name)
  expect(numbered).toEqual(diverged.verdict.evidence.slice(0, 1).map((link) => link.claim))
})
