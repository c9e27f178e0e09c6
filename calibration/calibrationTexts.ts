import type { CalibrationNumbers } from './calibrationPage.ts'

/** What the page says before its first table. */
export function introduction({ methodVersion, size }: CalibrationNumbers): string {
  return `# Calibration

How often the tests behind a verdict are wrong when their null hypothesis holds, how often intervals cover the truth, what the tests can see, and what whole verdicts make of simulated runs whose answer is
known. Written by \`npm run calibrate\` (\`calibration/\`), method version ${methodVersion}; the counts are in [calibration.json](calibration.json). Seeds are fixed: the same version gives the same numbers.

${size.repetitions} series per cell (${size.seedRepetitions} sets of four for comparisons across runs, ${size.powerRepetitions} for power), ${size.runsPerKind} runs per kind. A rate of 5 % measured on ${size.repetitions} series
has a standard error of ${(100 * Math.sqrt((0.05 * 0.95) / size.repetitions)).toFixed(1)} %.

**Goal.** At nominal 5 %: 3 to 8 % false alarms; at nominal 95 %: 92 to 98 % coverage; at most 1 % wrong confident verdicts; everywhere the diagnostic does not itself say "not enough samples".
**Marks.** \`*\`: outside the goal, but within its sampling error; **bold**: outside. In brackets: the diagnostic says "not enough samples" in more than half of the series, and the rate is that of the few it
judged; those few have by chance shown too short a memory, so their rate is not that of the test.`
}

/** What stands before the tables of each part. */
export const notes = {
  missed: `- **R̂ errs on the safe side.** It is the larger of two forms, bulk and folded, and is compared at half the level with the scatter of the one that is larger: somewhat fewer alarms than 5 %, so
  differences between seeds are found a little later than they could be.
- **Means of skewed series with 50 to 100 effective samples** (rows "loss" and the loss of heavy ball) are covered less often than 92 %: mean and spread of a square are correlated, and of the series that just reach 50
  effective samples many only seem to. The sample-size diagnostic warns below 100.
- **The drift test is a little cautious** between 50 and 100 effective samples, where its p is corrected for correlation between batches.
- **A chain with a handful of effective samples** can descend or rise smoothly through its whole record by chance; no test on one record tells that from a trend. Such are the wrong verdicts on the slow chain.
- A cell with "–" was not measured.`,
  falseAlarms: `Stationary series: AR(1); the loss of SGD on a quadratic (squares of an AR(1)); heavy ball (η = 0.05, μ = 0.9), whose correlation oscillates; AR(1) with Student t(3) and α-stable (α = 1.5,
infinite variance) innovations. Cells of tests with a level: rate at nominal 5 % / at nominal 1 %. A verdict uses 1 %, after correction for the number of tests (see
[diagnostics](diagnostics/README.md#many-tests-one-verdict)). The rows "called" have no level: they are what a verdict would make of the series, at default margins, without looking at the sample size first; the goal is at
most 1 %.

R̂ has no level of its own either; it is compared with what chance gives four runs of one law, bulk and folded R̂ corrected for there being two. It errs on the safe side.`,
  coverage: `Intervals at nominal 95 %, in series with at least 50 effective samples. The gap ‖∇f‖² is the mean of a series like the rows "loss". Between 50 and about 100 effective samples the intervals of skewed
series are too short, and so are those of any series in whose short record the memory looked shorter than it is: the sample-size diagnostic warns there.`,
  equivalence: `How often "no drift" is established. With a drift exactly at the margin (one standard deviation over the series) that is an error, at most 5 % by construction of the two one-sided tests; without a drift it is
what is wanted. Less than 5 % at the margin, down to 0, means that the interval is too wide for the answer: the loss is then "unresolved".`,
  power: `How often a test at 5 % sees a change in the second half of the series, in %. The drift test looks for changes of the mean only. At 30 effective samples (φ = 0.97, n = 2000) little can be seen, and the diagnostic
says so. A jump by a whole standard deviation lengthens the autocorrelation time of the record itself, so that few of these series seem to have 50 effective samples and the tests are seldom asked.`,
  verdicts: `Runs of each kind with parameters drawn anew (learning rate, curvature, noise, momentum, length, drift, amplitude; \`calibration/runKinds.ts\`), diagnosed as a whole with default margins. True verdicts are in bold. "Not
enough samples" is always allowed, and wanted for the slow chain.`,
  information: `These decide nothing. The blocks of \`ergoscope stats\` are those of the literature, two autocorrelation times: neighbouring blocks are still correlated, and the rate is up to three times the nominal one where Sokal's τ is
below 1. The verdict's own test uses 20 blocks. Geweke's z rejects too often on short parts. The pairing of half runs takes halves of one run for independent.`,
} as const
