import { startBackgroundVerdicts } from '#engine/diagnosing/backgroundVerdicts.ts'
import { createDiagnosisPool } from '#engine/diagnosing/diagnosisPool.ts'
import { openWorkspace } from '#engine/workspace/openWorkspace.ts'
import { createSettingsStore } from '#engine/settings/settingsStore.ts'
import { claimStdout } from './claimStdout.ts'
import { createHandlers } from './createHandlers.ts'
import { createLog } from './log.ts'
import { serve } from './serve.ts'
import { createTopicSources } from './topicSources.ts'
import { createWorkspaceRegistry } from './workspaceRegistry.ts'

/** Serves the protocol on stdin and stdout until the client goes away; the exit code is 0 then, and 2 when the client sent something else than the protocol. */
export async function startEngine(): Promise<number> {
  const output = claimStdout()
  const log = createLog(
    (line) => process.stderr.write(line),
    () => new Date(),
  )
  process.on('uncaughtException', (cause) => {
    log.error('The engine ends because of a fault in it', cause)
    process.exit(70)
  })
  // The window's process gets Ctrl-C as well and closes stdin; the engine ends then, in order.
  process.on('SIGINT', () => log.info('SIGINT: waiting for the client to close'))

  const settings = createSettingsStore((line) => log.error(line))
  const diagnosisPool = createDiagnosisPool()
  const workspaces = createWorkspaceRegistry(openWorkspace, (workspace) =>
    startBackgroundVerdicts(workspace, diagnosisPool, log.error),
  )
  const services = { settings, workspaces, diagnosisPool, log }
  log.info(`Engine ${process.pid} on Node ${process.version} listens`)
  const end = await serve({
    input: process.stdin,
    output,
    handlers: createHandlers(services),
    topicSources: createTopicSources(services),
    log,
  })
  workspaces.close()
  diagnosisPool.close()
  log.info(`Engine ${process.pid} ends: ${end}`)
  return end === 'client-gone' ? 0 : 2
}
