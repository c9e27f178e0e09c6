// npm run package [-- --unpacked | -- TARGET...]: sets up, builds, and makes what is installed, in dist/.
import { join } from 'node:path'
import { runForeground } from './runForeground.mjs'
import { childEnvironment, nodeExecutable } from './setup/locations.mjs'
import { withSetUp } from './withSetUp.mjs'

await withSetUp('package', (locations) =>
  // electron-builder and the bundler want Node 24; the set-up itself may run on 20.
  runForeground(
    nodeExecutable(locations),
    [join(locations.root, 'scripts/packaging/main.mjs'), ...process.argv.slice(2)],
    { cwd: locations.root, env: childEnvironment(locations) },
  ),
)
