import { ipcRenderer, webUtils } from 'electron'
import type { CallOutcome, EngineState, ErgoscopeBridge, OpenTarget } from '#shared/contract/bridge.ts'
import { methodNames, topicNames } from '#shared/contract/names.ts'
import {
  channels,
  type EventMessage,
  type Outcome,
  type ProgressMessage,
  type ShellAction,
} from '../bridge/channels.ts'
import { createCallIds } from './callIds.ts'
import { createReplayed } from './replayed.ts'

/** The page's view of the world: functions only. Names outside the contract never reach main; nothing of `ipcRenderer` gets out. */
export function createBridge(): ErgoscopeBridge {
  const calls = createCallIds()
  const progressListeners = new Map<number, (progress: { fraction: number; label: string }) => void>()
  const subscriptions = new Map<number, { onEvent: (payload: never) => void; onEnd: () => void }>()
  const engineState = createReplayed<EngineState>('latest')
  const openTargets = createReplayed<OpenTarget>('all')
  const commands = createReplayed<string>('none')
  let subscriptionCount = 0

  ipcRenderer.on(channels.progress, (_event, { callId, fraction, label }: ProgressMessage) => {
    progressListeners.get(callId)?.({ fraction, label })
  })
  ipcRenderer.on(channels.event, (_event, { subscriptionId, payload }: EventMessage) => {
    subscriptions.get(subscriptionId)?.onEvent(payload as never) // The payload of the topic that this listener subscribed to.
  })
  ipcRenderer.on(channels.subscriptionEnded, (_event, subscriptionId: number) => {
    const subscription = subscriptions.get(subscriptionId)
    subscriptions.delete(subscriptionId)
    subscription?.onEnd()
  })
  ipcRenderer.on(channels.engineState, (_event, state: EngineState) => engineState.push(state))
  ipcRenderer.on(channels.openTarget, (_event, target: OpenTarget) => openTargets.push(target))
  ipcRenderer.on(channels.command, (_event, commandId: string) => commands.push(commandId))

  return {
    async call(name, request, options = {}) {
      if (!isOneOf(methodNames, name)) return refused(`There is no method "${String(name)}"`)
      const callId = calls.begin(options.callId)
      if (options.onProgress) progressListeners.set(callId, options.onProgress)
      try {
        return await ipcRenderer.invoke(channels.call, { callId, name, request })
      } finally {
        progressListeners.delete(callId)
        calls.end(callId)
      }
    },
    cancel(callId) {
      const own = calls.ofPage(callId)
      if (own !== null) ipcRenderer.send(channels.cancel, own)
    },
    subscribe(name, request, onEvent, onEnd) {
      if (!isOneOf(topicNames, name)) throw new Error(`There is no topic "${String(name)}"`)
      const subscriptionId = ++subscriptionCount
      subscriptions.set(subscriptionId, { onEvent, onEnd })
      ipcRenderer.send(channels.subscribe, { subscriptionId, name, request })
      return () => {
        if (subscriptions.delete(subscriptionId)) ipcRenderer.send(channels.unsubscribe, subscriptionId)
      }
    },
    onEngineState: (listener) => engineState.listen(listener),
    onOpenTarget: (listener) => {
      ipcRenderer.send(channels.pageListens)
      return openTargets.listen(listener)
    },
    onCommand: (listener) => commands.listen(listener),
    shell: {
      chooseFolder: (title) => shell('chooseFolder', title),
      chooseFiles: (title, extensions) => shell('chooseFiles', title, extensions),
      saveFile: (suggestedName, content) => shell('saveFile', suggestedName, content),
      chooseSavePath: (suggestedName) => shell('chooseSavePath', suggestedName),
      copyText: (text) => shell('copyText', text),
      openExternal: (url) => shell('openExternal', url),
      showInFolder: (path) => shell('showInFolder', path),
      setTheme: (theme) => shell('setTheme', theme),
      openDropped: (file) => shell('openDropped', file instanceof File ? webUtils.getPathForFile(file) : ''),
      restartEngine: () => shell('restartEngine'),
      defaultWorkspacePath: () => shell('defaultWorkspacePath'),
    },
  }
}

/** Main's answer; its error becomes a rejection with the one line for the user. */
async function shell<Result>(action: ShellAction, ...parameters: unknown[]): Promise<Result> {
  const outcome: Outcome = await ipcRenderer.invoke(channels.shell, [action, ...parameters])
  if (!outcome.ok) throw new Error(outcome.error.message)
  return outcome.result as Result // Main answers each action with what ErgoscopeBridge promises.
}

function refused(message: string): CallOutcome<never> {
  return { ok: false, error: { code: 'bad-request', message } }
}

function isOneOf<Name extends string>(names: readonly Name[], name: unknown): name is Name {
  return names.some((known) => known === name)
}
