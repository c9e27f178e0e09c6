// npm run check [-- NAME...], npm run bench [-- NAME...] and npm run calibrate [-- [quick] [PART...]]
import { runBenchmarks } from './runBenchmarks.mjs'
import { checks } from './checks.mjs'
import { runCalibration } from './runCalibration.mjs'
import { runChecks } from './runChecks.mjs'
import { withSetUp } from './withSetUp.mjs'

const [command, ...names] = process.argv.slice(2)

async function check() {
  await withSetUp('tools', async (locations) => {
    const { failed, unknown } = await runChecks(names, locations)
    if (unknown.length > 0) {
      process.stderr.write(
        `error: no check ${unknown.join(', ')}: there are ${checks.map(({ name }) => name).join(', ')}\n`,
      )
      return 2
    }
    if (failed.length > 0) process.stdout.write(`failed: ${failed.join(', ')}\n`)
    return failed.length > 0 ? 1 : 0
  })
}

if (command === 'check') {
  await check()
} else if (command === 'bench') {
  await withSetUp('terminal', (locations) => runBenchmarks(names, locations))
} else if (command === 'calibrate') {
  await withSetUp('tools', (locations) => runCalibration(names, locations))
} else {
  process.stderr.write(`error: unknown command ${command}: run.mjs takes check, bench or calibrate\n`)
  process.exitCode = 2
}
