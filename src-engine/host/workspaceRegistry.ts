import { resolve } from 'node:path'
import type { Workspace } from '#engine/workspace/workspace.ts'

/** The workspaces that this engine has open, one object per folder: its index, its watching and its readers are shared by all requests. */
export interface WorkspaceRegistry {
  /** Opens a workspace, or the workspace around a run's folder. */
  open(path: string, options: { create: boolean }): Promise<Workspace>
  /** The workspace of a request; opened here when an engine that was started again does not have it yet. */
  get(path: string): Promise<Workspace>
  close(): void
}

export type OpenWorkspace = (path: string, options: { create: boolean }) => Workspace | Promise<Workspace>

/** `onOpened` is told of every workspace once. */
export function createWorkspaceRegistry(openWorkspace: OpenWorkspace, onOpened: (workspace: Workspace) => void = () => {}): WorkspaceRegistry {
  const byPath = new Map<string, Workspace>()
  const opening = new Map<string, Promise<Workspace>>()

  async function openNew(path: string, options: { create: boolean }): Promise<Workspace> {
    const workspace = await openWorkspace(path, options)
    const { path: folder, focusRunId } = workspace.info()
    const known = byPath.get(folder)
    // A run's folder asks for the view of one run: the object that knows it answers, and is the one that stays.
    if (known && focusRunId === null) {
      workspace.close()
      return known
    }
    byPath.set(folder, workspace)
    known?.close()
    onOpened(workspace)
    return workspace
  }

  function open(path: string, options: { create: boolean }): Promise<Workspace> {
    const folder = resolve(path)
    const underWay = opening.get(folder)
    if (underWay) return underWay
    const promise = openNew(folder, options).finally(() => opening.delete(folder))
    opening.set(folder, promise)
    return promise
  }

  return {
    open,
    async get(path) {
      return byPath.get(resolve(path)) ?? open(path, { create: false })
    },
    close() {
      for (const workspace of byPath.values()) workspace.close()
      byPath.clear()
    },
  }
}
