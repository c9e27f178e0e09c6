import { describe, expect, it } from 'vitest'
import { createDiagnosticResult } from '../../../src-core/diagnostics/results/createDiagnosticResult.ts'
import type { DiagnosticResult } from '../../../src-core/diagnostics/results/diagnosticResult.ts'
import { citableClaim, judgedText } from '#figures/text/claimText.ts'
import { diagnosticPanels } from '#figures/charts/diagnosticPanels.ts'
import { diagnoseStyles } from '#figures/charts/diagnoseStyles.ts'
import { notJudged } from '#core/diagnostics/checks/notJudged.ts'
import { chartTitle } from '#figures/charts/chartTitle.ts'
import { chartLine } from '#figures/reading/chartLine.ts'
import { evidenceText } from '#figures/text/evidenceText.ts'
import {
  decidingMargins,
  marginFields,
  marginShown,
  marginText,
  parseMargin,
  withMargin,
} from '#figures/text/marginFields.ts'
import { type MarginField } from '#figures/text/marginGroups.ts'
import { missingSamples, missingSamplesText } from '#core/diagnostics/verdict/missingSamples.ts'
import { tokenTag } from '#figures/reading/mathNode.ts'
import { defaultMargins } from '#core/diagnostics/results/margins.ts'
import { readings } from '#figures/reading/readings.ts'
import { segmentBars } from '#figures/glyphs/segmentBars.ts'
import { acrossSentence, asksSeeds, claimDetail, weakestLink } from '#figures/text/weakestLink.ts'
import { acrossHeading, seedsText, unsaidText } from '#figures/text/seedsText.ts'
import { asSentence, unsaidRows } from '#figures/text/unsaidRows.ts'
import { resultNumbers } from '#figures/text/resultNumbers.ts'
import { findResult, shownSegmentIndex } from '#figures/text/shownSegment.ts'
import { diagnosedQuadratic, firstSegment } from './diagnosedRuns.ts'

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ')
const result = (fields: Partial<DiagnosticResult> & Pick<DiagnosticResult, 'id'>): DiagnosticResult =>
  createDiagnosticResult({ title: '', symbol: '', verdict: 'pass', reason: '', summary: '', assumption: '', ...fields })

describe('what cannot be said', () => {
  it('says each reason once, as a sentence', () => {
    const unknown = (id: DiagnosticResult['id'], reason: string) => result({ id, verdict: 'unknown', reason })
    const rows = unsaidRows([
      unknown('balance', 'cannot say: the run diverged'),
      unknown('sharpness', 'no sharpness was recorded; record probe/sharpness'),
      unknown('displacement', 'cannot say: the run diverged'),
    ])
    expect(rows.map(({ results, reason }) => [reason, results.map(({ id }) => id)])).toEqual([
      ['The run diverged.', ['balance', 'displacement']],
      ['No sharpness was recorded; record probe/sharpness.', ['sharpness']],
    ])
  })

  it('leaves names and signs at the beginning as they are', () => {
    expect(['gradient_norm is missing', 'γ is not known', 'needs: two', 'Why?', ''].map(asSentence)).toEqual([
      'gradient_norm is missing.',
      'γ is not known.',
      'Needs: two.',
      'Why?',
      '',
    ])
  })
})

describe('the head of a chart', () => {
  it('names the gap by the gradient that it is of', () => {
    const titleOf = (symbol: string) =>
      chartTitle(
        { kind: 'forest', xName: '', rows: [], marginLow: 0, marginHigh: 1 },
        result({ id: 'stationarity-gap', title: 'Stationarity gap', symbol }),
      ).title
    expect(titleOf('‖∇f‖²')).toBe(readings['stationarity-gap']?.chartTitle)
    expect(titleOf('‖∇f+λθ‖²')).toBe('Stationarity gap ‖∇f+λθ‖²')
  })
})

describe('the line below a chart', () => {
  it('says how to read it, but not of what is not judged', () => {
    const chart = { kind: 'trend' } as const
    expect(chartLine(chart, result({ id: 'stationarity-gap' }))).toContain('sink to the axis')
    expect(chartLine(chart, notJudged(result({ id: 'stationarity-gap' })))).toBe('')
  })
})

describe('evidenceText', () => {
  it('gives no number and no limit of what is not judged', () => {
    const gap = result({ id: 'stationarity-gap', estimate: 1.4e23, low: 1e22, high: 9.9e23, threshold: 1 })
    expect(evidenceText(gap).isKnown).toBe(true)
    expect(evidenceText(notJudged(gap))).toEqual({
      estimate: 'cannot say',
      limit: 'the run diverged, so there is no law to judge',
      isKnown: false,
    })
  })

  it('writes a gradient that vanishes without its interval, and so with digits of its own', () => {
    const gap = { id: 'stationarity-gap', estimate: 3.52e-7, low: 1.1e-7, high: 1.6e-6 } as const
    expect(evidenceText(result({ ...gap, threshold: 2.2e-5 })).estimate).toBe('3.52·10⁻⁷')
    expect(evidenceText(result({ ...gap, threshold: 1e-9 })).limit).toContain('above 0')
  })

  it('gives the interval the say over the digits', () => {
    const loss = evidenceText(
      result({ id: 'loss-stabilisation', estimate: -0.0231, low: -0.033, high: -0.0134, marginHigh: 0.02 }),
    )
    expect(plain(loss.estimate)).toBe('−2.31 %')
    expect(plain(loss.limit)).toBe('[−3.30, −1.34], limit 2.0 %')
  })

  it('calls rounding zero', () => {
    expect(
      plain(
        evidenceText(result({ id: 'loss-stabilisation', estimate: -4e-17, low: -5e-16, high: 4e-16, marginHigh: 0.3 }))
          .estimate,
      ),
    ).toBe('0 %')
    expect(evidenceText(result({ id: 'displacement', estimate: -1e-15, threshold: 0.8 })).estimate).toBe('γ = 0')
  })

  it('tells the sharpness that has the threshold: the preconditioned one of Adam', () => {
    const details = [
      { label: 'mean preconditioned sharpness', value: 25.2, unit: '' },
      { label: 'threshold', value: 3800, unit: '' },
    ]
    expect(plain(evidenceText(result({ id: 'sharpness', estimate: 25.2 / 3800, details })).estimate)).toBe('λ = 25.2')
  })

  it('says what is missing instead of a number', () => {
    expect(
      evidenceText(result({ id: 'sharpness', verdict: 'unknown', reason: 'cannot say: no sharpness was recorded' })),
    ).toEqual({ estimate: 'cannot say', limit: 'no sharpness was recorded', isKnown: false })
  })

  it('shows the p that the reason tells', () => {
    const windows = findResult(firstSegment(diagnosedQuadratic('quadratic')), 'window-distance')
    if (!windows) throw new Error('no window distances')
    const { estimate } = evidenceText(windows)
    expect(plain(estimate)).toMatch(/^p [=<] /)
    expect(windows.reason).toContain(`${estimate} after Holm over`)
    expect(resultNumbers(windows).find(({ label }) => label.startsWith('p of the deciding test'))?.value).toBe(estimate)
  })

  it('names the first step of a divergence', () => {
    const text = evidenceText(
      result({
        id: 'divergence',
        verdict: 'fail',
        details: [{ label: 'first invalid step', value: 120, unit: 'step' }],
      }),
    )
    expect(text.estimate).toBe('step 120')
  })
})

describe('the margins where there is room for few', () => {
  const names = (...results: Partial<DiagnosticResult>[]) => decidingMargins(results, {}).map(({ name }) => name)

  it('are those in force', () => {
    expect(names()).toContain('lossDriftOfMean')
    const settled = names({ margin: 'driftOfFluctuation' }, { margin: 'balanceIndex' })
    expect(settled).toEqual(expect.arrayContaining(['driftOfFluctuation', 'balanceIndex', 'gapOfInitial']))
    expect(settled).not.toContain('lossDriftOfMean')
    expect(settled).not.toContain('balanceOfGap')
  })

  it('are told by the results: a loss near zero is judged by its scatter', () => {
    const { diagnostics } = firstSegment(diagnosedQuadratic('quadratic'))
    expect(findResult({ diagnostics }, 'loss-stabilisation')).toMatchObject({
      margin: 'driftOfFluctuation',
      unit: 'of its standard deviation',
    })
  })
})

describe('the claim', () => {
  const segment = firstSegment(diagnosedQuadratic('quadratic'))

  it('can be cited: run, steps, setting, finding, numbers', () => {
    const text = plain(citableClaim('quadratic', segment))
    expect(text).toContain('Run quadratic, steps 0–3 999 (learning rate 0.1, batch size 1): The loss has settled.')
    expect(text).toContain('‖∇f‖² stays at')
    expect(text).toContain('dropped as transient')
  })

  it('says what was judged', () => {
    expect(plain(judgedText(segment))).toMatch(/^steps 800–3 999, 3 200 points, \d+ effective samples$/)
  })

  it('tells how many steps are missing, and nothing when there are enough', () => {
    expect(missingSamples(segment, { transientShare: 0.2 })).toBeNull()
    const short = firstSegment(diagnosedQuadratic('short', { count: 300 }))
    const missing = missingSamples(short, { transientShare: 0.2 })
    expect(missing?.need).toBe(50)
    expect(missing?.have).toBeLessThan(50)
    const tau = findResult(short, 'sample-size')?.autocorrelationTime ?? NaN
    expect(missing?.moreSteps).toBe(Math.ceil((50 * tau) / 0.8 - 300))
  })

  it('names the learning rate only where it is known', () => {
    const missing = { have: 12.3, need: 50, moreSteps: 800, isSparse: false }
    const known = { hyperparameters: { learningRate: 0.1 } }
    expect(plain(missingSamplesText(missing, known))).toBe(
      'have 12, need 50 effective samples: about 800 more steps at this learning rate',
    )
    expect(plain(missingSamplesText(missing, { hyperparameters: {} }))).toMatch(/more steps$/)
    expect(missingSamplesText({ ...missing, moreSteps: NaN }, known)).toMatch(/effective samples$/)
  })

  it('offers to record more often where the points are independent as they are', () => {
    const missing = { have: 12.3, need: 50, moreSteps: 800, isSparse: true }
    expect(plain(missingSamplesText(missing, { hyperparameters: {} }))).toMatch(
      /about 800 more steps, or points recorded more often$/,
    )
    expect(plain(missingSamplesText({ ...missing, moreSteps: NaN }, { hyperparameters: {} }))).toMatch(
      /effective samples: points recorded more often$/,
    )
    const recorded = firstSegment(diagnosedQuadratic('short', { count: 300 }))
    expect(missingSamples(recorded, { transientShare: 0.2 })?.isSparse).toBe(false)
  })

  it('leaves out the number of steps where the learning rate changes all the time', () => {
    const short = firstSegment(diagnosedQuadratic('short', { count: 300 }))
    expect(missingSamples({ ...short, isConstant: false }, { transientShare: 0.2 })?.moreSteps).toBeNaN()
  })
})

describe('what is shown', () => {
  it('shows the segment asked for, else the last main one', () => {
    const segments = [0, 2000].map((from) => ({ from, to: from + 1999, hyperparameters: { learningRate: 0.1 } }))
    const diagnosis = diagnosedQuadratic('two', { segments })
    expect(diagnosis.segments).toHaveLength(2)
    expect(shownSegmentIndex(diagnosis, '1')).toBe(0)
    expect(shownSegmentIndex(diagnosis, '7')).toBe(1)
    expect(shownSegmentIndex(diagnosis, undefined)).toBe(1)
    expect(shownSegmentIndex({ ...diagnosis, segments: [] }, undefined)).toBe(-1)
    expect(segmentBars(diagnosis.segments).map(({ from, to }) => [from, to])).toEqual([
      [0, 50],
      [50, 100],
    ])
  })

  it('parts diagnostics with a chart, with numbers only, and those that cannot be judged', () => {
    const panels = diagnosticPanels(firstSegment(diagnosedQuadratic('quadratic')))
    expect(panels.evidence[0]?.result.id).toBe('stationarity-gap')
    expect(panels.evidence.map(({ elementId: id }) => id)).toContain('diagnostic-window-distance')
    const withoutChart = panels.detail.filter(({ charts }) => charts.length === 0)
    expect(withoutChart.map((group) => group.result.id)).toContain('sample-size')
    expect(panels.detail.map(({ elementId: id }) => id)).toContain('diagnostic-window-distance-more')
    expect(panels.informing.map((group) => group.result.id)).toContain('autocorrelation')
    expect(panels.unknown.map(({ id }) => id)).toContain('sharpness')
  })

  it('gives seeds that share a colour each its own', () => {
    expect([...diagnoseStyles(['a', 'b'], (id) => (id === 'a' ? 3 : 1)).values()].map(({ color }) => color)).toEqual([
      '--run-4',
      '--run-2',
    ])
    expect([...diagnoseStyles(['a', 'b', 'c', 'd'], () => 0).values()].map(({ color }) => color)).toEqual([
      '--run-1',
      '--run-6',
      '--run-4',
      '--run-7',
    ])
    expect(diagnoseStyles(['a'], () => null).get('a')?.color).toBe('--run-1')
  })
})

describe('margins', () => {
  it('are all shown, each once, and each explained', () => {
    expect(marginFields.map(({ name }) => name).toSorted()).toEqual(Object.keys(defaultMargins).toSorted())
    for (const { words } of marginFields) expect(words.length).toBeGreaterThan(10)
    const permutations = marginFields.find(({ isWhole, name }) => isWhole === true && name === 'permutationCount')
    expect(permutations && parseMargin(permutations, '99.5')).toBeNull()
    expect(permutations && parseMargin(permutations, '99')).toBe(99)
  })

  const drift = marginFields.find(({ name }) => name === 'lossDriftOfMean') as MarginField // It is in the list above.

  it('shows and reads per cent', () => {
    expect(plain(marginText(drift, {}))).toBe('± 2 %')
    expect(marginShown(drift, { lossDriftOfMean: 0.035 })).toBe('3.5')
    expect(parseMargin(drift, '3,5')).toBe(0.035)
    for (const wrong of ['', 'two', '-1', '0', 'Infinity']) expect(parseMargin(drift, wrong)).toBeNull()
  })

  it('keeps only what differs from the default', () => {
    expect(withMargin({ cycleShare: 0.4 }, 'lossDriftOfMean', 0.05)).toEqual({ cycleShare: 0.4, lossDriftOfMean: 0.05 })
    expect(withMargin({ lossDriftOfMean: 0.05 }, 'lossDriftOfMean', 0.02)).toEqual({})
  })
})

describe('readings', () => {
  it('explain every diagnostic of a run', () => {
    for (const { id } of diagnosedQuadratic('quadratic').diagnostics) expect(Object.keys(readings)).toContain(id)
  })

  it('tell numbers, identifiers and operators apart', () => {
    expect(['2', 'θ', 'tr', '∇', '‖', '0.95'].map(tokenTag)).toEqual(['mn', 'mi', 'mi', 'mo', 'mo', 'mn'])
    expect(Array.from('=<≤^+−·,()𝑓', tokenTag)).toEqual([...Array.from({ length: 10 }, () => 'mo'), 'mi'])
  })
})

describe('weakestLink', () => {
  const segment = firstSegment(diagnosedQuadratic('quadratic'))
  const seeds = (id: 'per-seed-laws-differ' | 'one-law-across-seeds') => ({
    runIds: ['a', 'b', 'c', 'd'],
    observables: [
      {
        observable: 'loss',
        isDeciding: true,
        finding: id === 'per-seed-laws-differ' ? ('different' as const) : ('equal' as const),
        rhat: 1.14,
        rhatScatter: 1.02,
        effectiveSampleSize: 100,
        sampleSize: 400,
        reason: 'R̂ of loss is 1.14, by chance up to 1.02',
      },
    ],
    verdict: { id, summary: 'What the seeds say.', detail: 'R̂ of loss is 1.14; R̂ of gap is 1.' },
  })

  it('is the run’s own, in the chain as in the lines of the claim, while seeds agree', () => {
    const agree = seeds('one-law-across-seeds')
    expect(segment.verdict.id).toBe('invariant-measure')
    expect(weakestLink(segment, agree)).toBe(segment.verdict.weakestLink)
    expect(claimDetail(segment, agree)).toBe(segment.verdict.detail)
    expect(acrossSentence(segment, agree)).toBe('Across 4 seeds: what the seeds say.')
    expect(citableClaim('a', segment, agree)).toContain('Across 4 seeds: what the seeds say. R̂ of loss is 1.14')
  })

  it('is that of the seeds where their laws differ, and only that is named', () => {
    const differ = seeds('per-seed-laws-differ')
    expect(weakestLink(segment, differ)).toBe('seeds')
    expect(claimDetail(segment, differ)).toMatch(/Weakest link: seeds \(R̂ of loss is 1\.14, by chance up to 1\.02\)\.$/)
    expect(claimDetail(segment, differ).match(/Weakest link/g)).toHaveLength(1)
    expect(citableClaim('a', segment, differ)).toContain('Weakest link: seeds')
  })

  it('leaves one seed untested, which is asked only where a law was found', () => {
    const one = { ...seeds('one-law-across-seeds'), runIds: ['a'] }
    expect(acrossSentence(segment, one)).toBe('What the seeds say.')
    expect(asksSeeds(segment, one)).toBe(true)
    expect(asksSeeds({ verdict: { ...segment.verdict, id: 'diverged' } }, one)).toBe(false)
  })
})

describe('seedsText', () => {
  const row = (observable: string, rhat: number, isDeciding = true) => ({
    observable,
    isDeciding,
    finding: 'equal' as const,
    rhat,
    rhatScatter: 1.02,
    effectiveSampleSize: 100,
    sampleSize: 400,
    reason: '',
  })

  it('names the largest R̂ of those that decide, and what chance allows', () => {
    const text = seedsText({
      observables: [row('loss', 1.01), row('gap', 1.14), row('weights', 2.2, false)],
      verdict: { id: 'per-seed-laws-differ', summary: 'Each seed has its own law.', detail: '' },
    })
    expect(text).toMatchObject({ state: 'warn', estimate: 'R̂ = 1.14', limit: 'limit 1.05, chance 1.020' })
  })

  it('names in the heading what the other selected runs are', () => {
    const one = { missingSeeds: 0, experiments: 1 }
    expect(acrossHeading({ id: 'untested' }, one)).toBe('untested (one seed)')
    expect(acrossHeading({ id: 'untested' }, { ...one, experiments: 3 })).toBe('untested (one seed of this experiment)')
    expect(acrossHeading({ id: 'untested' }, { ...one, missingSeeds: 2 })).toBe('across seeds: 2 more not diagnosed')
    expect(acrossHeading({ id: 'one-law-across-seeds' }, { ...one, missingSeeds: 1 })).toBe(
      'one law across seeds; 1 more not diagnosed',
    )
    expect(acrossHeading({ id: 'cannot-say' }, one)).toBe('across seeds: cannot say')
  })

  it('gives the reason alone among what cannot be said', () => {
    const verdict = {
      id: 'cannot-say' as const,
      summary: 'It cannot be said.',
      detail: 'Cannot say because R̂ of function_outputs is 1.',
    }
    expect(unsaidText({ verdict })).toBe('R̂ of function outputs is 1.')
    // No role of a run, so the name of a metric, which stays as it is written.
    const metric = { ...verdict, detail: 'Cannot say because R̂ of weight_norm is 1.' }
    expect(unsaidText({ verdict: metric })).toBe('R̂ of weight_norm is 1.')
  })

  it('says why seeds cannot be compared', () => {
    expect(
      seedsText({
        observables: [],
        verdict: { id: 'cannot-say', summary: '', detail: 'The runs have no common steps.' },
      }),
    ).toMatchObject({ state: 'unknown', estimate: 'cannot say', limit: 'The runs have no common steps.' })
  })
})
