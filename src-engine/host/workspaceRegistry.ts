import { openWorkspace, type Workspace } from '#engine/workspace/openWorkspace.ts'

/** The workspaces that this engine has open, one object per folder: its index, its watching and its readers are shared by all requests. */
export interface WorkspaceRegistry {
  /** Opens a workspace, or the workspace around a run's folder. */
  open(path: string, options: { create: boolean }): Promise<Workspace>
  /** The workspace of a request; opened when an engine that was restarted does not have it yet. */
  get(path: string): Promise<Workspace>
  close(): void
}

export function createWorkspaceRegistry(): WorkspaceRegistry {
  const opened = new Map<string, Promise<Workspace>>()

  async function open(path: string, options: { create: boolean }): Promise<Workspace> {
    const workspace = await openWorkspace(path, options)
    return workspace
  }

  return {
    open,
    get(path) {
      const known = opened.get(path)
      if (known) return known
      const opening = open(path, { create: false })
      opened.set(path, opening)
      return opening
    },
    close() {},
  }
}
