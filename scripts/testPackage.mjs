// npm run test:package: builds the packages, checks what is in them, and (as root) installs, uses, upgrades and removes them.
import { setUp } from './setup/setUp.mjs'
import { runStages } from './tests/runStages.mjs'
import { withSetUp } from './withSetUp.mjs'

await withSetUp('package', async (locations) => {
  await setUp('tests', locations)
  const { packageStages } = await import('./tests/packageStages.mjs')
  return runStages(packageStages(locations))
})
