import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  contract,
  type MethodName,
  type RequestInput,
  type ResponseOf,
  type TopicPayload,
} from '#shared/contract/contract.ts'
import type { ErrorReport } from '#shared/errors.ts'
import { protocolVersion } from '#shared/protocol.ts'
import {
  createEngineConnection,
  type CallOptions,
  type EngineConnection,
} from '../../../src-main/engine/engineConnection.ts'

const entry = join(import.meta.dirname, '..', '..', '..', 'src-engine', 'host', 'main.ts')

/** The reference traces among the fixtures. */
export const referenceFolder = join(import.meta.dirname, '..', '..', 'fixtures', 'reference')

/** A real engine process with settings of its own. */
export interface TestEngine {
  process: ChildProcess
  connection: EngineConnection
  folder: string
  /** Calls, and holds the answer against the contract's schema. */
  call<Name extends MethodName>(
    name: Name,
    request: RequestInput<Name>,
    options?: CallOptions,
  ): Promise<ResponseOf<Name>>
  /** Writes bytes to its stdin as they are. */
  write(bytes: Uint8Array): void
  stderr(): string
  /** Exit code and signal. */
  ended: Promise<[number | null, NodeJS.Signals | null]>
  /** Closes its stdin and waits for its end. */
  close(): Promise<void>
}

export async function startTestEngine(folder = mkdtempSync(join(tmpdir(), 'ergoscope-engine-'))): Promise<TestEngine> {
  const child = spawn(process.execPath, [entry], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, XDG_CONFIG_HOME: join(folder, 'config') },
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const connection = createEngineConnection(child.stdin, child.stdout, (cause) => {
    throw cause
  })
  const ended = once(child, 'exit') as TestEngine['ended'] // What ChildProcess documents for `exit`.
  void ended.then(() => connection.close('The engine ended'))
  const engine: TestEngine = {
    process: child,
    connection,
    folder,
    async call(name, request, options) {
      const answer = await connection.call(name, request, options)
      return contract[name].response.parse(answer) as ResponseOf<typeof name> // The schema of this very method.
    },
    write: (bytes) => child.stdin.write(bytes),
    stderr: () => stderr,
    ended,
    async close() {
      child.stdin.end()
      await ended
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  await engine.call('engine.hello', { protocolVersion })
  return engine
}

/** The events of a workspace until `isEnough` says so. */
export function collectChanges(
  engine: TestEngine,
  workspace: string,
  isEnough: (events: TopicPayload<'workspace.changes'>[]) => boolean,
): Promise<TopicPayload<'workspace.changes'>[]> {
  return new Promise((resolve, reject) => {
    const events: TopicPayload<'workspace.changes'>[] = []
    const end = engine.connection.subscribe(
      'workspace.changes',
      { workspace },
      {
        onEvent(payload) {
          events.push(payload as TopicPayload<'workspace.changes'>) // Events of this topic.
          if (!isEnough(events)) return
          end()
          resolve(events)
        },
        onEnd: (error: ErrorReport) => reject(new Error(error.message)),
      },
    )
  })
}
