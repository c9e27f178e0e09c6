import type { ErgoscopeBridge } from '#shared/contract/bridge.ts'
import type { ErrorReport } from '#shared/errors.ts'

/** The IPC channels between preload and main. Nothing else is ever sent or listened to. */
export const channels = {
  call: 'ergoscope:call',
  cancel: 'ergoscope:cancel',
  progress: 'ergoscope:progress',
  subscribe: 'ergoscope:subscribe',
  unsubscribe: 'ergoscope:unsubscribe',
  event: 'ergoscope:event',
  subscriptionEnded: 'ergoscope:subscription-ended',
  engineState: 'ergoscope:engine-state',
  openTarget: 'ergoscope:open-target',
  command: 'ergoscope:command',
  /** Sent by the preload once, when the page listens for targets. */
  pageListens: 'ergoscope:page-listens',
  shell: 'ergoscope:shell',
} as const

export interface CallMessage {
  callId: number
  name: string
  request: unknown
}

export interface ProgressMessage {
  callId: number
  fraction: number
  label: string
}

export interface SubscribeMessage {
  subscriptionId: number
  name: string
  request: unknown
}

export interface EventMessage {
  subscriptionId: number
  payload: unknown
}

/** Errors travel as data: a rejected `ipcRenderer.invoke` would carry a text with Electron's own words around it. */
export type Outcome = { ok: true; result: unknown } | { ok: false; error: ErrorReport }

/** What the page may ask of the desktop, by name; `shell` carries `[name, ...arguments]`. */
export type ShellAction = keyof ErgoscopeBridge['shell']
