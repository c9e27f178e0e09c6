import type { ErrorReport } from '../errors.ts'
import type { MethodName, RequestInput, ResponseOf, TopicName, TopicPayload, TopicRequest } from './contract.ts'

export type CallOutcome<Result> = { ok: true; result: Result } | { ok: false; error: ErrorReport }

export interface EngineState {
  /** `hung`: it runs but does not answer; it may come back, or be restarted. */
  state: 'starting' | 'ready' | 'hung' | 'restarting' | 'unavailable'
  /** One line for the foot of the window; empty when ready. */
  message: string
}

/** Where a window should go: from the command line, a dropped folder, a second start or an `ergoscope://` link. */
export interface OpenTarget {
  workspacePath: string | null
  /** `runs`, `compare?...`, `diagnose?...`: the part of a deep link after the workspace; empty for none. */
  route: string
  startDemo: boolean
  /** A table to import, given as an argument or dropped; a link never names one. */
  importPath: string | null
  /** One line to show in place of going anywhere: what was asked for cannot be opened. */
  problem: string | null
}

/** What the page sees of the world (`window.ergoscope`): functions only, allow-listed and schema-checked in main. */
export interface ErgoscopeBridge {
  /** `callId` is chosen by the page, so that it can cancel; progress of that call comes to `onProgress`. */
  call<Name extends MethodName>(
    name: Name,
    request: RequestInput<Name>,
    options?: { callId?: number; onProgress?: (progress: { fraction: number; label: string }) => void },
  ): Promise<CallOutcome<ResponseOf<Name>>>
  cancel(callId: number): void
  /** Returns the function that ends the subscription. `onEnd` tells that the engine died: subscribe again when it is ready. */
  subscribe<Name extends TopicName>(
    name: Name,
    request: TopicRequest<Name>,
    onEvent: (payload: TopicPayload<Name>) => void,
    onEnd: () => void,
  ): () => void
  onEngineState(listener: (state: EngineState) => void): () => void
  onOpenTarget(listener: (target: OpenTarget) => void): () => void
  /** A menu item or accelerator that the page performs, by command id. */
  onCommand(listener: (commandId: string) => void): () => void
  shell: {
    chooseFolder(title: string): Promise<string | null>
    chooseFiles(title: string, extensions: string[]): Promise<string[]>
    /** Asks where, then writes; null when the user cancelled. */
    saveFile(suggestedName: string, content: string | Uint8Array): Promise<string | null>
    chooseSavePath(suggestedName: string): Promise<string | null>
    copyText(text: string): Promise<void>
    /** Only https addresses, after a check in main. */
    openExternal(url: string): Promise<void>
    showInFolder(path: string): Promise<void>
    /** Tells the native side the theme (title bar, background of a new window). */
    setTheme(theme: 'system' | 'light' | 'dark'): Promise<void>
    /** Goes to what a dropped File object is: a folder is opened, a table imported. Rejects with one line for anything else. */
    openDropped(file: unknown): Promise<void>
    /** Ends an engine that does not answer; it is started again. */
    restartEngine(): Promise<void>
    /** Where the app suggests a workspace, e.g. ~/Ergoscope. */
    defaultWorkspacePath(): Promise<string>
  }
}
