// npm test: sets up, then checks, builds, and runs every test. The last line sums the tests of all stages.
import { runStages } from './tests/runStages.mjs'
import { withSetUp } from './withSetUp.mjs'

await withSetUp('tests', async (locations) => {
  const { testStages } = await import('./tests/testStages.mjs')
  return runStages(testStages(locations))
})
