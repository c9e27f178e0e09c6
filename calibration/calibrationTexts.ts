import type { CalibrationNumbers } from './calibrationPage.ts'

/** What the page says before its first table. */
export function introduction({ methodVersions, size }: CalibrationNumbers): string {
  return `# Calibration

How often the tests behind a verdict are wrong when their null hypothesis holds, how often intervals cover the truth, what the tests can see, and what whole verdicts make of simulated runs whose answer is
known. Written by \`npm run calibrate\` (\`calibration/\`), ${versionText(methodVersions)}; the counts are in [calibration.json](calibration.json). Seeds are fixed: the same version gives the same numbers.

${size.repetitions} series per cell (${size.seedRepetitions} sets of four for comparisons across runs, ${size.powerRepetitions} for power), ${size.runsPerKind} runs per kind. A rate of 5 % measured on ${size.repetitions} series
has a standard error of ${(100 * Math.sqrt((0.05 * 0.95) / size.repetitions)).toFixed(1)} %.

**Goal.** At nominal 5 %: 3 to 8 % false alarms; at nominal 95 %: 92 to 98 % coverage; at most 1 % wrong confident verdicts; everywhere the diagnostic does not itself say "not enough samples".
**Marks.** \`*\`: outside the goal, but within its sampling error; **bold**: outside. In brackets: the diagnostic says "not enough samples" in more than half of the series, and the rate is that of the few it
judged; those few have by chance shown too short a memory, so their rate is not that of the test.`
}

function versionText(versions: CalibrationNumbers['methodVersions']): string {
  const entries = Object.entries(versions)
  const newest = Math.max(...entries.map(([, version]) => version))
  const older = entries.filter(([, version]) => version < newest)
  const rest = older.map(([work, version]) => `${work} ${version}`).join(', ')
  return `method version ${newest}${rest === '' ? '' : ` (${rest})`}`
}

/** What stands before the tables of each part. */
export const notes = {
  missed: `- **R̂ errs on the safe side** where there is little memory: τ is taken as at least 1, and the chances of the two forms, bulk and folded, are added as if they never came together.
- **The drift test is a little cautious** between 50 and 100 effective samples, where its p is corrected for correlation between batches.
- **Few effective samples.** Of the series that just reach 50, many only seem to: their record shows less memory than there is, and ratios and differences of means then cover 89 to 92 %. The sample-size diagnostic warns below 100.
- **Noise of infinite fourth moment** (Student t(3)): squares of the gradient have no variance, and their means are carried by values that a record may not have seen. Some intervals cover 80 to 90 % only; none from the record alone covers the
  mean of every such law (Bahadur & Savage 1956). The tail index warns. With t(5) one cell is outside.
- **Too wide by construction** (among the tests that inform): SASA, SASA+, the sum of both terms of the balance and the norm equilibrium are sums that telescope, so that neighbouring batches are anticorrelated and the mean is known better than
  its batches tell; the growth without decay is compared with a prediction from the same steps. All err towards "not established". The descent per step of a slow run telescopes in part (99 %).
- **τ under oscillation** has an interval from batch means only, once a batch is long against it. An oscillation that 500 points do not show clearly (heavy ball, h = 1) is missed, and the interval is then too short.
- **A chain with a handful of effective samples** can descend or rise smoothly through its whole record by chance; no test on one record tells that from a trend. Such are the wrong verdicts on the slow chain.
- A cell with "–" was not measured.`,
  falseAlarms: `Stationary series: AR(1); the loss of SGD on a quadratic (squares of an AR(1)); heavy ball (η = 0.05, μ = 0.9), whose correlation oscillates; AR(1) with Student t(3) and α-stable (α = 1.5,
infinite variance) innovations. Cells of tests with a level: rate at nominal 5 % / at nominal 1 %. A verdict uses 1 %, after correction for the number of tests (see
[diagnostics](diagnostics/README.md#many-tests-one-verdict)). The rows "called" have no level: they are what a verdict would make of the series, at default margins, without looking at the sample size first; the goal is at
most 1 %.

R̂ has no level of its own either; it is compared with what chance gives four runs of one law. The permutation between experiments has runs for units; it is exact, up to the steps of 1/126 that 5 + 5 runs allow.`,
  coverage: `Intervals at nominal 95 %, in series with at least 50 effective samples. The gap ‖∇f‖² is the mean of a series like the rows "loss"; its interval allows for skewness (see [diagnostics](diagnostics/README.md#intervals-of-means)).
For τ, "not enough" also stands where the diagnostic gives no interval because the autocorrelation oscillates, and where τ is not known in closed form.`,
  intervals: `As a reader sees them, in runs whose moments are known exactly (\`calibration/quadraticTruths.ts\`): SGD on a quadratic with two weights (h = 1 and 1.5, η = 1 − φ), so that the slower one is an AR(1) with φ; heavy ball with five
weights (η = 0.05, μ = 0.9); noise of Student t(5), whose squares have a variance, and t(3), whose squares have none; norms of scale-invariant weights with decay, whose fourth power remembers like φ, and without. "–": not shown for
such a run, or not known exactly.`,
  shown: `Where each interval of the window, the report and \`diagnose --json\` is measured. What is a spread, not an interval, says so.`,
  equivalence: `How often "no drift" is established. With a drift exactly at the margin (one standard deviation over the series) that is an error, at most 5 % by construction of the two one-sided tests; without a drift it is
what is wanted. Less than 5 % at the margin, down to 0, means that the interval is too wide for the answer: the loss is then "unresolved".`,
  power: `How often a test at 5 % sees a change in the second half of the series, in %. The drift test looks for changes of the mean only. At 30 effective samples (φ = 0.97, n = 2000) little can be seen, and the diagnostic
says so. A jump by a whole standard deviation lengthens the autocorrelation time of the record itself, so that few of these series seem to have 50 effective samples and the tests are seldom asked.`,
  verdicts: `Runs of each kind with parameters drawn anew (learning rate, curvature, noise, momentum, length, drift, amplitude; \`calibration/runKinds.ts\`), diagnosed as a whole with default margins. True verdicts are in bold. "Not
enough samples" is always allowed, and wanted for the slow chain.`,
  information: `These decide nothing. KPSS, the augmented Dickey–Fuller test, Geweke's z and the Newey–West trend stand beside the drift test because they are customary; no verdict reads them. The null hypothesis of Dickey–Fuller is a walk. The blocks of \`ergoscope stats\` are
those of the literature, two autocorrelation times: neighbouring blocks are still correlated, and the rate is up to three times the nominal one where Sokal's τ is below 1. The verdict's own test uses 20 blocks. Geweke's z rejects too often
on short parts, and the diagnostic says so. The pairing of half runs takes halves of one run for independent. Rows with a name of a sum that telescopes are coverages of its interval; those with a verb are calls that would be wrong.`,
} as const

/** The intervals that the window, the report and `diagnose --json` show, and where their coverage is measured. */
export const shownIntervalsTable: readonly (readonly string[])[] = [
  ['diagnostic', 'interval', 'estimator', 'measured'],
  [
    'stationarity gap',
    'mean ‖∇f‖², with and without decay, ‖θ‖²‖∇f‖²',
    'batch means',
    '"mean (and gap)", "gap", "scale-free gap"',
  ],
  [
    'noise scale',
    'B·tr Σ/‖∇f‖², tr Σ, ratio, signal share',
    'batch means, delta method',
    '"noise scale", "noise trace", "signal ..."',
  ],
  [
    'loss stabilisation',
    'drift (90 %)',
    '20 batch means, t(18)',
    '"drift, 20 batch means" at 95 %; "drift at the margin"',
  ],
  ['loss stabilisation', 'mean change per step', 'quantile of differences', '"change of the loss per step"'],
  ['displacement', 'curve, exponent', 'block jackknife', '"displacement ..."'],
  [
    'balance',
    'net and its share of ‖∇f‖², terms, from probes',
    'batch means, delta method',
    '"balance from probes ..."',
  ],
  ['balance', 'descent and curvature term per step', 'batch means', '"descent ...", "curvature term per step"'],
  [
    'balance',
    'index, net over descent',
    'ends of the descent; the net change of the record is exact',
    'as "descent per step"',
  ],
  ['balance', 'sum of both terms', 'batch means', '"sum of both terms" below: too wide, telescopes'],
  ['sharpness', 'λ_max, λ_min', 'batch means, widened by the Lanczos residual', '"sharpness"'],
  ['sharpness', 'directional and batch sharpness', 'delta method', '"directional ...", "batch sharpness"'],
  [
    'spectral density',
    'tr H, share of negative eigenvalues',
    't over random starts',
    'tr H: `test/unit/statistics/stochasticSpectrum.test.ts`, 92 to 98 % of 4 and 8 starts',
  ],
  ['limit cycle', 'correlation of successive steps', 'delta method', '"correlation of successive steps"'],
  [
    'autocorrelation',
    'τ by batch means, Sokal, Geyer',
    'χ²(19); symmetric in the logarithm, none under oscillation',
    '"τ, ..."; Geyer\'s is for comparison',
  ],
  [
    'autocorrelation',
    'band of the halves',
    'block bootstrap',
    '`test/unit/statistics/compareAutocorrelations.test.ts`: nine in ten at least; its test below',
  ],
  ['autocorrelation', 'dashed lines ±1.96/√n', 'white noise', 'none: a reference, not an interval'],
  ['fluctuation–dissipation', 'SASA, SASA+', '20 batch means, as published', 'below: too wide, telescope'],
  ['fluctuation–dissipation', 'second relation', 'delta method', '"second relation"'],
  ['Pflug', 'mean product, mean cosine', 'batch means, delta method', '"Pflug ..."'],
  [
    'theorem bound',
    'largest change of window means',
    'pooled within windows, Bonferroni over three',
    '"change of window means": holds zero',
  ],
  ['norm equilibrium', 'predicted over actual ‖θ‖⁴', 'delta method', '"norm equilibrium" below: too wide, telescopes'],
  [
    'norm equilibrium',
    'growth without decay',
    'batch means of increments',
    '"growth of the norm over its prediction" below: too wide, the prediction is from the same steps',
  ],
  ['time reversal', 'rotation, asymmetry', '20 batch means, t(19)', '"rotation", "asymmetry"'],
  [
    'tail index',
    'range of the Gaussian control',
    '3 standard deviations of 20 controls',
    'none: a spread; the call below',
  ],
  ['tail index', 'band of the Hill curve', 'asymptotic, one component', 'none: wide for an average, and says so'],
  ['window distance', '5 and 95 % quantiles of ratios', 'window pairs', 'none: a spread, and says so'],
  [
    'self-calibration',
    'false-alarm rate',
    'Wilson 1927',
    'from the binomial law: 95.3 % on average, 93.3 % at least, over rates of 1 to 10 % in 200 series',
  ],
  ['across runs', 'ratios between experiments', "Welch's t, on the logarithm", '"ratio of ‖∇f‖² at η and 2η"'],
  ['`stats`', 'mean: 20 batches, batches of √n', 't', 'below'],
]
