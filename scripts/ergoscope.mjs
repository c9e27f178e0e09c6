// npm run -s ergoscope -- ARGS: the command line of this checkout. Standard output belongs to the command alone.
import { join } from 'node:path'
import { runForeground } from './runForeground.mjs'
import { childEnvironment, nodeExecutable } from './setup/locations.mjs'
import { withSetUp } from './withSetUp.mjs'

const args = process.argv.slice(2)

await withSetUp('terminal', async (locations) => {
  // Paths among the arguments were written where the user is, not in the root of the checkout.
  const cwd = process.env['INIT_CWD'] ?? process.cwd()
  const env = childEnvironment(locations)
  return runForeground(nodeExecutable(locations), [join(locations.root, 'src-engine/cli/main.ts'), ...args], {
    cwd,
    env,
  })
})
