import type { DiagnosticResult } from '#core/diagnostics/results/diagnosticResult.ts'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Window, type Document } from 'happy-dom'
import { describe, expect, it } from 'vitest'
import { defaultMargins } from '#core/diagnostics/results/margins.ts'
import { chartRows } from '#figures/charts/chartTable.ts'
import { diagnosticPanels } from '#figures/charts/diagnosticPanels.ts'
import { gatherReport } from '#engine/reporting/gatherReport.ts'
import { reportPage } from '#engine/reporting/reportPage.ts'
import { writeReport } from '#engine/reporting/writeReport.ts'
import { diagnosedRuns, hostile } from './reportedRuns.ts'

function parsed(page: string): Document {
  const { document } = new Window({ settings: { disableJavaScriptEvaluation: true } })
  document.write(page)
  return document
}

const textOf = (document: Document, selector: string): string[] =>
  [...document.querySelectorAll(selector)].map(({ textContent }) => (textContent ?? '').trim())

async function pageOf(...request: Parameters<typeof diagnosedRuns>) {
  const { workspace, input } = await diagnosedRuns(...request)
  const page = reportPage(await gatherReport(workspace, input, Date.UTC(2026, 2, 1, 14, 5)))
  return { page, document: parsed(page), input }
}

describe('reportPage', () => {
  it('loads nothing, runs nothing, and shows names as text, whatever they hold', async () => {
    const { page, document } = await pageOf(['a', 'b'], { steps: 600 })
    expect(page).not.toContain('ergoscope-report-')
    expect(page).not.toMatch(/https?:|@import|src=x\b(?!.*&gt;)/)
    expect(document.querySelectorAll('script, img, iframe, link, object, embed, form, base')).toHaveLength(0)
    const attributes = [...document.querySelectorAll('*')].flatMap((element) =>
      [...element.attributes].map(({ name, value }) => ({ name, value: value ?? '' })),
    )
    expect(attributes.filter(({ name }) => /^on|^src|^xlink/.test(name))).toEqual([])
    expect(attributes.filter(({ name, value }) => name === 'href' && !value.startsWith('#'))).toEqual([])
    expect(attributes.filter(({ value }) => /url\((?!#)/.test(value))).toEqual([])
    expect(document.querySelector('meta[http-equiv]')?.getAttribute('content')).toContain("default-src 'none'")
    expect(textOf(document, 'h2 bdi')).toEqual([`a ${hostile}`, `b ${hostile}`])
    expect(document.title).toBe(`Diagnosis of a ${hostile}, b ${hostile}`)
    expect(textOf(document, 'details pre')).toEqual([hostile, hostile])
  })

  it('draws every chart of the page, with its numbers in all digits', async () => {
    const { document, input } = await pageOf(['a'], { steps: 800 })
    const [segment] = input.diagnoses[0]?.segments ?? []
    if (!segment) throw new Error('The diagnosis has no segment')
    const { evidence, detail, informing, unknown } = diagnosticPanels(segment)
    const groups = [...detail, ...informing]
    const charted = [...evidence, ...groups.flatMap(({ charts }) => charts)]
    const numbers = groups.flatMap(({ charts, result }) => (charts.length === 0 ? [result] : []))
    const figures = [...document.querySelectorAll('figure')]
    expect(charted.length).toBeGreaterThan(5)
    expect(figures).toHaveLength(charted.length)
    for (const [k, panel] of charted.entries()) {
      const [figure] = figures.slice(k)
      expect(figure?.querySelector('.plot svg path')).toBeTruthy()
      expect(figure?.querySelectorAll('.plot svg text').length).toBeGreaterThan(2)
      const cells = [...(figure?.querySelectorAll('details td') ?? [])].map(({ textContent }) => textContent)
      expect(cells).toEqual(chartRows(panel.chart).slice(1).flat().map(String))
    }
    const ids = (results: readonly DiagnosticResult[]): string[] => results.map(({ id }) => `run1s1-${id}`)
    expect([...ids(numbers), ...ids(unknown)].filter((id) => document.getElementById(id) === null)).toEqual([])
    expect(textOf(document, '#read-stationarity-gap math mfrac')).not.toEqual([])
  })

  it('gives every segment its section, one place to every link, and no id twice', async () => {
    const { document } = await pageOf(['a'], { steps: 300, hasTwoRates: true })
    expect(textOf(document, '.run h3').map((title) => title.replaceAll(/\s+/g, ' '))).toEqual([
      'Segment 1 of 2: steps 0–299',
      'Segment 2 of 2: steps 300–599',
    ])
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const targets = [...document.querySelectorAll('a')].map((link) => link.getAttribute('href')?.slice(1) ?? '')
    expect(targets.length).toBeGreaterThan(20)
    expect(targets.filter((target) => !ids.includes(target))).toEqual([])
  })

  it('compares four runs in less than two megabytes', async () => {
    const { page, document, input } = await pageOf(['a', 'b', 'c', 'd'], { steps: 300 })
    expect(textOf(document, '#across .claim')).toEqual([input.acrossRuns?.verdict.summary])
    expect(textOf(document, '#across .evidence tbody tr')).toHaveLength(input.acrossRuns?.observables.length ?? -1)
    expect(Buffer.byteLength(page)).toBeLessThan(2e6)
  })

  it('begins with what several runs say together, the runs, and the evidence across them, and folds the rest', async () => {
    const { page, document, input } = await pageOf(['a', 'b', 'c'], { steps: 300 }, {})
    expect(textOf(document, '#across > :is(.claim, h3)')).toEqual([
      input.acrossRuns?.verdict.summary,
      'The runs',
      'Evidence across the runs',
      'What each verdict rests on',
    ])
    expect(textOf(document, '.runs tbody th a')).toEqual(['a', 'b', 'c'].map((name) => `${name} ${hostile}`))
    const links = new Set(input.diagnoses.flatMap(({ verdict }) => verdict.evidence.map(({ claim }) => claim)))
    expect(new Set(textOf(document, '.links tbody th'))).toEqual(links)
    expect(document.querySelectorAll('.links tbody tr:first-child td')).toHaveLength(3)
    for (const id of ['run1', 'run2', 'run3', 'readings', 'numbers', 'margins']) {
      const fold = document.getElementById(id)?.firstElementChild
      expect([fold?.tagName, fold?.hasAttribute('open'), fold?.nextElementSibling?.className]).toEqual([
        'DETAILS',
        false,
        'folded',
      ])
      // What a link opened, a link to the heading closes.
      expect(fold?.nextElementSibling?.querySelector('.close')?.getAttribute('href')).toBe(`#${fold?.id}`)
    }
    expect(document.querySelectorAll('.run .folded .evidence').length).toBeGreaterThanOrEqual(3)
    // Folded on a screen only: what is inside of a closed `details` could not be printed.
    expect(document.querySelectorAll('.fold .folded, .fold figure, .fold table')).toHaveLength(0)
    expect(page).toMatch(/@media screen\{[^}]*\.fold:not\(\[open\]\)\+\.folded[^}]*display:none\}\}/)
    expect(page.replace(/@media screen\{.*\}\}/, '')).not.toMatch(/\.folded[^{}]*\{[^}]*display:none/)
  })

  it('folds nothing of one run but the explanations and the tables of numbers', async () => {
    const { document } = await pageOf(['a'], { steps: 300 })
    expect(document.querySelector('#run1 > .fold')).toBeNull()
    expect(document.querySelector('#across, .runs, .links')).toBeNull()
  })

  it('gives several experiments a verdict each, and draws only seeds beside each other', async () => {
    const { document, input } = await pageOf(['a', 'b', 'c'], { steps: 300, batchSizes: [1, 1, 4] })
    const groups = input.acrossRuns?.groups ?? []
    expect(groups).toHaveLength(2)
    expect(textOf(document, '#across .claim')).toEqual([
      input.acrossRuns?.verdict.summary,
      ...groups.map(({ verdict }) => verdict.summary),
    ])
    const gapLegends = ['run1', 'run3'].map((run) => textOf(document, `#${run}s1-stationarity-gap .legend bdi`))
    expect(gapLegends).toEqual([[`a ${hostile}`, `b ${hostile}`, 'initial value'], ['initial value']])
  })

  it('marks the weakest link and the margins that were changed', async () => {
    const { document, input } = await pageOf(['a'], { steps: 600 }, { permutationCount: 99, lossDriftOfMean: 0.05 })
    const weakest = input.diagnoses[0]?.segments[0]?.verdict.evidence.find(({ isWeakest }) => isWeakest)
    expect(textOf(document, '.weakest a')).toEqual([weakest?.claim])
    expect(textOf(document, '.margins .changed code')).toEqual(['lossDriftOfMean', 'permutationCount'])
    expect(textOf(document, '.margins tbody tr')).toHaveLength(Object.keys(defaultMargins).length)
    expect(textOf(document, '.command')[0]).toBe(
      'ergoscope diagnose a --margin permutationCount=99 --margin lossDriftOfMean=0.05 --report FILE.html',
    )
  })

  it('says what is missing of a run that is too short', async () => {
    const { document } = await pageOf(['a'], { steps: 30 })
    expect(textOf(document, '.chip')).toContain('Not enough samples')
    expect(textOf(document, 'h4')).toContain('What cannot be said, and what it would need')
  })
})

describe('writeReport', () => {
  it('replaces a file in one go, with the checksum of the run file', async () => {
    const { root, workspace, input } = await diagnosedRuns(['a'], { steps: 200 })
    const path = join(root, 'report.html')
    writeFileSync(path, 'old')
    const { bytes } = writeReport(await gatherReport(workspace, input, 0), path)
    const page = readFileSync(path)
    expect(page).toHaveLength(bytes)
    const sum = createHash('sha256')
      .update(readFileSync(join(root, 'a', 'run.sqlite')))
      .digest('hex')
    expect(page.toString()).toContain(`<code>${sum}</code>`)
    expect(readdirSync(root).filter((name) => name.includes('report'))).toEqual(['report.html'])
  })

  it('refuses a missing folder, a folder and the place of a run file', async () => {
    const { root, workspace, input } = await diagnosedRuns(['a'], { steps: 100 })
    mkdirSync(join(root, 'folder'))
    const data = await gatherReport(workspace, input, 0)
    const attempt =
      (...names: string[]) =>
      () =>
        writeReport(data, join(root, ...names))
    expect(attempt('missing', 'x.html')).toThrow(/there is no folder .*missing; make it/)
    expect(attempt('folder')).toThrow(/it is a folder; the name of a file is needed/)
    expect(attempt('a', 'run.sqlite')).toThrow(/it is the place of a run file/)
    expect(existsSync(join(root, 'missing'))).toBe(false)
  })
})
