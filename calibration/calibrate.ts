// Measures false alarms, coverage, power and whole verdicts, and writes docs/calibration.md with its numbers. Run: npm run calibrate [-- [quick] [PART...]]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { methodVersion } from '#core/diagnostics/methodVersion.ts'
import { calibrationJobs, fullSize, quickSize, workNames, type WorkName } from './calibrationJobs.ts'
import { calibrationPage, type CalibrationNumbers } from './calibrationPage.ts'
import { runJobs } from './runJobs.ts'

type Stored = Pick<CalibrationNumbers, 'methodVersions' | 'rates' | 'verdicts'>

const [first, ...others] = process.argv.slice(2)
const isQuick = first === 'quick'
const asked = isQuick || first === undefined ? others : [first, ...others]
const unknown = asked.find((name) => !(workNames as readonly string[]).includes(name))
if (unknown !== undefined) {
  process.stderr.write(
    `error: unknown argument ${unknown}: npm run calibrate takes quick, and what is measured anew: ${workNames.join(', ')}; nothing for all\n`,
  )
  process.exit(2)
}

const root = join(import.meta.dirname, '..')
// A quick look must not replace the published numbers.
const folder = isQuick ? join(root, 'out', 'calibration') : join(root, 'docs')
const file = join(folder, 'calibration.json')
const size = isQuick ? quickSize : fullSize
const works = workNames.filter((name) => asked.length === 0 || asked.includes(name))
const jobs = calibrationJobs(size).filter(({ work }) => works.includes(work))
const startedMs = performance.now()

const results = await runJobs(jobs, (done, { work, subject, n }) => {
  const seconds = Math.round((performance.now() - startedMs) / 1000)
  process.stdout.write(`${done}/${jobs.length}  ${seconds} s  ${work}: ${subject}${n > 0 ? `, n = ${n}` : ''}\n`)
})

const isNew = (work: WorkName) => works.includes(work)
const old: Stored | undefined = asked.length > 0 && existsSync(file) ? readStored() : undefined
const rates = results.flatMap((result, i) =>
  'rates' in result ? result.rates.map((rate) => ({ work: jobs[i]?.work ?? 'series', ...rate })) : [],
)
const all = [...rates, ...(old?.rates.filter(({ work }) => !isNew(work)) ?? [])]
const numbers: Stored = {
  methodVersions: { ...old?.methodVersions, ...Object.fromEntries(works.map((work) => [work, methodVersion])) },
  rates: workNames.flatMap((name) => all.filter(({ work }) => work === name)),
  verdicts: isNew('verdicts')
    ? results.flatMap((result) => ('verdicts' in result ? [result.verdicts] : []))
    : (old?.verdicts ?? []),
}
mkdirSync(folder, { recursive: true })
writeFileSync(file, `${JSON.stringify(numbers, undefined, 1)}\n`)
writeFileSync(join(folder, 'calibration.md'), calibrationPage({ ...numbers, size }))
process.stdout.write(`written: ${join(folder, 'calibration.md')}\n`)

/** What an earlier calibration measured, and this one does not. */
function readStored(): Stored {
  return JSON.parse(readFileSync(file, 'utf8')) as Stored // written above
}
