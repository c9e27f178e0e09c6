import { resolve } from 'node:path'
import type { Workspace } from '#engine/workspace/workspace.ts'
import type { WorkspaceInfo } from '#shared/contract/workspace.ts'

/** The workspaces that this engine has open, one object per folder: its index, its watching and its readers are shared by all requests. */
export interface WorkspaceRegistry {
  /** Opens a workspace, or the workspace around a run's folder: `focusRunId` of the answer is that run. */
  open(path: string, options: { create: boolean }): Promise<WorkspaceInfo>
  /** The workspace of a request; opened here when an engine that was started again does not have it yet. */
  get(path: string): Promise<Workspace>
  close(): void
}

export type OpenWorkspace = (path: string, options: { create: boolean }) => Workspace | Promise<Workspace>

/** `accompany` starts what goes along with every open workspace, and returns the function that ends it. */
export function createWorkspaceRegistry(
  openWorkspace: OpenWorkspace,
  accompany: (workspace: Workspace) => () => void,
): WorkspaceRegistry {
  const byPath = new Map<string, { workspace: Workspace; close: () => void }>()
  const opening = new Map<string, Promise<WorkspaceInfo>>()

  async function openNew(path: string, options: { create: boolean }): Promise<WorkspaceInfo> {
    const workspace = await openWorkspace(path, options)
    const info = workspace.info()
    // Everybody who listens or reads does so on the object that is open already.
    if (byPath.has(info.path)) {
      workspace.close()
      return info
    }
    const endCompany = accompany(workspace)
    byPath.set(info.path, {
      workspace,
      close() {
        endCompany()
        workspace.close()
      },
    })
    return info
  }

  function open(path: string, options: { create: boolean }): Promise<WorkspaceInfo> {
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
      const known = byPath.get(resolve(path))
      if (known) return known.workspace
      const info = await open(path, { create: false })
      const opened = byPath.get(info.path)
      if (!opened) throw new Error(`The workspace ${info.path} was closed while it was being opened`)
      return opened.workspace
    },
    close() {
      for (const { close } of byPath.values()) close()
      byPath.clear()
    },
  }
}
