import type { AppContext } from './appContext.ts'

export interface WorkspaceActions {
  /** Opens a workspace or a run's folder and shows it; says in one line why it could not. */
  openPath(path: string, route?: string): Promise<boolean>
  chooseFolder(): Promise<void>
  /** Starts the two runs of the demo and shows the first of them while it trains. */
  startDemo(): Promise<void>
  /** Path of the open workspace, or of a new one in the suggested place: for a first run or import. */
  ensureWorkspace(): Promise<string>
}

type Needs = Pick<AppContext, 'client' | 'shell' | 'workspace' | 'route' | 'toasts' | 'settings'>

/** What opens workspaces, from the start page, the bar, the palette and links. */
export function createWorkspaceActions({ client, shell, workspace, route, toasts, settings }: Needs): WorkspaceActions {
  /** The engine notes the workspace among the recent ones: read them again. */
  function refreshRecents(): void {
    settings.load().catch(toasts.showError)
  }

  async function openPath(path: string, target = ''): Promise<boolean> {
    try {
      const info = await workspace.open(path)
      refreshRecents()
      if (info.focusRunId !== null) route.goToRun(info.focusRunId)
      else if (target === '' || !route.follow(target)) route.go('runs')
      return true
    } catch (thrown) {
      toasts.showError(thrown)
      return false
    }
  }

  async function chooseFolder(): Promise<void> {
    const path = await shell.chooseFolder('Open a workspace or a run')
    if (path !== null) await openPath(path)
  }

  async function startDemo(): Promise<void> {
    try {
      const demo = await client.call('training.startDemo', { workspace: null })
      await workspace.open(demo.workspace)
      refreshRecents()
      workspace.select(demo.runs.map((run) => run.id))
      const [first] = demo.runs
      if (first) route.goToRun(first.id)
      else route.go('runs')
    } catch (thrown) {
      toasts.showError(thrown)
    }
  }

  async function ensureWorkspace(): Promise<string> {
    if (workspace.info.value) return workspace.info.value.path
    const opened = await workspace.open(await shell.defaultWorkspacePath(), { create: true })
    refreshRecents()
    return opened.path
  }

  return { openPath, chooseFolder, startDemo, ensureWorkspace }
}
