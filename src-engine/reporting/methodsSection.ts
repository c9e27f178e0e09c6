import { diagnosticIds, type DiagnosticId } from '#core/diagnostics/results/diagnosticResult.ts'
import { defaultMargins } from '#core/diagnostics/results/margins.ts'
import { formatExact } from '#core/format/formatExact.ts'
import { formatPercent } from '#core/format/formatQuantity.ts'
import { readings } from '#figures/reading/readings.ts'
import { markup, type Markup } from './markup.ts'
import { marginsTable } from './marginsTable.ts'
import { quantities } from './marks.ts'
import type { ReportData } from './reportData.ts'

const generalSources = [
  'White, An effective truncation heuristic for bias reduction in simulation output, 1997, for the transient',
  'Holm, A simple sequentially rejective multiple test procedure, 1979',
]
const acrossRunsSources = [
  'Vehtari, Gelman, Simpson, Carpenter, Bürkner, Rank-Normalization, Folding, and Localization: An Improved R̂, 2021',
]

/** Literature has a year or an arXiv number; what else stands behind a diagnostic (own derivations, tests) is said where it is read. */
const isLiterature = (source: string): boolean => /\b(?:1[89]|20)\d\d\b|arXiv/.test(source)

/** Ids of the diagnostics that the report shows, in a fixed order. */
export function shownDiagnostics({ runs }: ReportData): DiagnosticId[] {
  const shown = new Set(
    runs.flatMap(({ diagnosis }) => diagnosis.segments.flatMap(({ diagnostics }) => diagnostics.map(({ id }) => id))),
  )
  return diagnosticIds.filter((id) => shown.has(id))
}

/** How the numbers came about, in words for a paper, with the sources and the margins in force. */
export function methodsSection(data: ReportData): Markup {
  const margins = { ...defaultMargins, ...data.changedMargins }
  const sources = [
    ...shownDiagnostics(data).flatMap((id) => readings[id]?.sources ?? []),
    ...generalSources,
    ...(data.acrossRuns ? acrossRunsSources : []),
  ]
  return markup`<section class="methods" id="methods">
    <h2>Methods</h2>
    <p>
      Diagnosed with Ergoscope ${data.programVersion} (method ${data.methodVersion}). A run is cut where its learning
      rate or another hyper-parameter changes; segments are never pooled. Of each segment at least the first
      ${formatPercent(margins.transientShare)} and ${formatExact(margins.transientAutocorrelationTimes)} autocorrelation
      times are dropped as transient, at most half; the rest is judged. Intervals rest on batch means of the judged part
      unless a diagnostic says otherwise, and hold at the level written beside them: 95 %, for equivalence tests 90 %.
      An effective sample size is the number of points over their integrated autocorrelation time. “Stable” and “equal”
      mean that an interval lies inside an equivalence margin, never that a test failed to reject. Tests have the level
      ${formatPercent(margins.significance)} after Holm’s correction for their number. What could not be computed is
      said to be unknown, with what it would
      need.${
        data.acrossRuns
          ? markup` The runs were compared as seeds of one experiment, in the steps that all are judged in, by
            rank-normalised split-R̂ and by Wasserstein distances.`
          : null
      }
    </p>
    <h3>References</h3>
    <ol class="sources">
      ${[...new Set(sources.filter(isLiterature))].map((source) => markup`<li>${quantities(source)}</li>`)}
    </ol>
    ${marginsTable(data.changedMargins)}
  </section>`
}
