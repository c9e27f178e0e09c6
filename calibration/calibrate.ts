// Measures false alarms, coverage, power and whole verdicts, and writes docs/calibration.md with its numbers. Run: npm run calibrate [-- quick]
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { methodVersion } from '#core/diagnostics/methodVersion.ts'
import { calibrationJobs, fullSize, quickSize } from './calibrationJobs.ts'
import { calibrationPage } from './calibrationPage.ts'
import { runJobs } from './runJobs.ts'

const [mode, ...others] = process.argv.slice(2)
if ((mode !== undefined && mode !== 'quick') || others.length > 0) {
  process.stderr.write(
    `error: unknown argument ${[mode, ...others].join(' ')}: npm run calibrate takes quick, or nothing\n`,
  )
  process.exit(2)
}

const isQuick = mode === 'quick'
const root = join(import.meta.dirname, '..')
// A quick look must not replace the published numbers.
const folder = isQuick ? join(root, 'out', 'calibration') : join(root, 'docs')
const size = isQuick ? quickSize : fullSize
const jobs = calibrationJobs(size)
const startedMs = performance.now()

const results = await runJobs(jobs, (done, { work, subject, n }) => {
  const seconds = Math.round((performance.now() - startedMs) / 1000)
  process.stdout.write(`${done}/${jobs.length}  ${seconds} s  ${work}: ${subject}${n > 0 ? `, n = ${n}` : ''}\n`)
})

const rates = results.flatMap((result) => ('rates' in result ? result.rates : []))
const verdicts = results.flatMap((result) => ('verdicts' in result ? [result.verdicts] : []))
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'calibration.json'), `${JSON.stringify({ methodVersion, rates, verdicts }, undefined, 1)}\n`)
writeFileSync(join(folder, 'calibration.md'), calibrationPage({ rates, verdicts, methodVersion, size }))
process.stdout.write(`written: ${join(folder, 'calibration.md')}\n`)
