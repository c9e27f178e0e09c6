import { spawn, type ChildProcess } from 'node:child_process'
import type { Writable } from 'node:stream'
import type { EngineState } from '#shared/contract/bridge.ts'
import type { MethodName, TopicName } from '#shared/contract/contract.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { protocolVersion } from '#shared/protocol.ts'
import {
  createEngineConnection,
  type CallOptions,
  type EngineConnection,
  type SubscriptionListener,
} from './engineConnection.ts'
import type { EngineLocation } from './engineLocation.ts'

/** Keeps one engine running: starts it again when it dies, ever more slowly when it keeps dying. */
export interface EngineSupervisor {
  start(): void
  /** Waits for an engine that is starting; see EngineConnection for how it rejects. */
  call(name: MethodName, request: unknown, options?: CallOptions): Promise<unknown>
  /** Ends at once with `engine-unavailable` while no engine is ready. */
  subscribe(name: TopicName, request: unknown, listener: SubscriptionListener): () => void
  state(): EngineState
  onState(listener: (state: EngineState) => void): () => void
  /** Kills the present engine, whatever it does; the next one is started at once. */
  readonly restart: () => void
  /** Process id of the present engine, or null. */
  pid(): number | null
  /** Closes the engine's stdin, which ends it, and kills it when it does not end in time. */
  stop(): Promise<void>
}

export interface SupervisorOptions {
  location: EngineLocation
  environment: NodeJS.ProcessEnv
  /** Gets the engine's stderr. */
  log: Writable
  /** Where a reader finds that log, for the message of an engine that does not start. */
  logPath: string
  /** How often the engine is asked for a sign of life, and how long it is waited for. */
  pulse?: { everyMs: number; patienceMs: number }
}

/** Longer than anything that the engine does in one piece. */
const usualPulse = { everyMs: 5000, patienceMs: 15_000 }

const restartDelaysMs = [0, 250, 1000, 3000, 10_000]
/** An engine that lived so long was all right: its death starts the count anew. */
const healthyAfterMs = 10_000
const unavailableAfterFailures = 3
const stopGraceMs = 3000

export function createEngineSupervisor(options: SupervisorOptions): EngineSupervisor {
  const { location, environment, log, logPath, pulse = usualPulse } = options
  const listeners = new Set<(state: EngineState) => void>()
  let state: EngineState = { state: 'starting', message: 'The engine is starting' }
  let child: ChildProcess | null = null
  let connection: EngineConnection | null = null
  let waiting: { resolve: (connection: EngineConnection) => void; reject: (error: ErgoscopeError) => void }[] = []
  let restartTimer: NodeJS.Timeout | null = null
  let pulseTimer: NodeJS.Timeout | null = null
  let failureCount = 0
  let isStopping = false

  function setState(next: EngineState): void {
    state = next
    for (const listener of listeners) listener(next)
    if (next.state === 'unavailable') {
      for (const { reject } of waiting.splice(0)) reject(new ErgoscopeError('engine-unavailable', next.message))
    }
  }

  function start(): void {
    restartTimer = null
    const startedAtMs = Date.now()
    const started = spawn(location.node, [location.entry], {
      env: environment,
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    })
    child = started
    started.stderr.pipe(log, { end: false })
    const opened = createEngineConnection(started.stdin, started.stdout, (cause) => {
      log.write(`The engine's answer is not the protocol: ${String(cause)}\n`)
      started.kill('SIGKILL')
    })
    let isOver = false
    const over = (how: string): void => {
      if (isOver) return
      isOver = true
      opened.close(`The engine stopped (${how})`)
      if (child === started) childEnded(how, Date.now() - startedAtMs)
    }
    started.once('error', (cause) => over(cause.message))
    started.once('exit', (code, signal) => over(signal ?? `exit code ${code}`))
    void shakeHands(opened, started)
  }

  async function shakeHands(opened: EngineConnection, started: ChildProcess): Promise<void> {
    try {
      await opened.call('engine.hello', { protocolVersion })
    } catch (cause) {
      log.write(`The engine did not answer the handshake: ${String(cause)}\n`)
      started.kill('SIGKILL')
      return
    }
    connection = opened
    setState({ state: 'ready', message: '' })
    for (const { resolve } of waiting.splice(0)) resolve(opened)
    pulseTimer = setTimeout(() => void feelPulse(opened), pulse.everyMs)
  }

  /** A process can live and do nothing: stopped, or in a loop. It is not killed for that, it may be coming back; the user decides. */
  async function feelPulse(opened: EngineConnection): Promise<void> {
    const askedAtMs = Date.now()
    const timer = setTimeout(() => {
      if (connection === opened) setState({ state: 'hung', message: hungMessage(pulse.patienceMs) })
    }, pulse.patienceMs)
    try {
      await opened.call('engine.ping', {})
    } catch {
      return // The engine ended, which its process tells.
    } finally {
      clearTimeout(timer)
    }
    if (connection !== opened) return
    if (state.state === 'hung') {
      log.write(`The engine answers again, after ${Date.now() - askedAtMs} ms\n`)
      setState({ state: 'ready', message: '' })
    }
    pulseTimer = setTimeout(() => void feelPulse(opened), pulse.everyMs)
  }

  function childEnded(how: string, livedMs: number): void {
    const wasReady = connection !== null
    if (pulseTimer) clearTimeout(pulseTimer)
    child = null
    connection = null
    if (isStopping) return
    failureCount = livedMs > healthyAfterMs ? 1 : failureCount + 1
    const delayMs = restartDelaysMs[Math.min(failureCount - 1, restartDelaysMs.length - 1)] ?? 0
    setState(
      failureCount > unavailableAfterFailures && !wasReady
        ? {
            state: 'unavailable',
            message: `The engine does not start (${how}); it is tried again. Its log: ${logPath}`,
          }
        : {
            state: 'restarting',
            message: `The engine stopped (${how}) and is started again; runs and data are not affected`,
          },
    )
    restartTimer = setTimeout(start, delayMs)
  }

  function ready(): Promise<EngineConnection> {
    if (connection) return Promise.resolve(connection)
    if (isStopping || state.state === 'unavailable')
      return Promise.reject(new ErgoscopeError('engine-unavailable', state.message))
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }))
  }

  return {
    start,
    call: async (name, request, callOptions) => (await ready()).call(name, request, callOptions),
    subscribe(name, request, listener) {
      if (connection) return connection.subscribe(name, request, listener)
      queueMicrotask(() => listener.onEnd({ code: 'engine-unavailable', message: state.message }))
      return () => {}
    },
    state: () => state,
    onState(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    restart: () => void child?.kill('SIGKILL'),
    pid: () => child?.pid ?? null,
    async stop() {
      isStopping = true
      if (restartTimer) clearTimeout(restartTimer)
      if (pulseTimer) clearTimeout(pulseTimer)
      const last = child
      if (!last || last.exitCode !== null) return
      const ended = new Promise((resolve) => last.once('exit', resolve))
      last.stdin?.end()
      const timer = setTimeout(() => last.kill('SIGKILL'), stopGraceMs)
      await ended
      clearTimeout(timer)
    },
  }
}

function hungMessage(patienceMs: number): string {
  return `The engine has not answered for ${patienceMs / 1000} s; runs and data are not affected`
}
