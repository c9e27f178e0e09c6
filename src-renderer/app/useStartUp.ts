import { onScopeDispose, watch } from 'vue'
import type { OpenTarget } from '#shared/contract/bridge.ts'
import type { AppContext } from './appContext.ts'
import { createWorkspaceActions } from './workspaceActions.ts'

/** Reads the settings when the engine is ready, and goes where main says: a path, a link, the demo, a menu item. */
export function useStartUp(
  context: AppContext,
  bridge: Pick<Window['ergoscope'], 'onOpenTarget' | 'onCommand'> = window.ergoscope,
): void {
  const { client, settings, commands, toasts, route, workspace } = context
  const actions = createWorkspaceActions(context)
  const targets: OpenTarget[] = []
  let isFollowing = false

  async function follow(target: OpenTarget): Promise<void> {
    if (target.problem) toasts.show(target.problem, { tone: 'failed' })
    else if (target.startDemo) await actions.startDemo()
    else if (target.importPath) {
      context.tableToImport.value = target.importPath
      route.go('import')
    } else if (target.workspacePath !== null && target.workspacePath !== workspace.info.value?.path)
      await actions.openPath(target.workspacePath, target.route)
    else if (target.route !== '' && !route.follow(target.route))
      toasts.show(`No such page: ${target.route}`, { tone: 'failed' })
  }

  /** One after the other, so that the window ends where it was sent last, however long the way to the one before takes. */
  async function followAll(): Promise<void> {
    if (isFollowing) return
    isFollowing = true
    try {
      for (let target = targets.shift(); target; target = targets.shift()) await follow(target)
    } finally {
      isFollowing = false
    }
  }

  /** What is asked for before the settings were read, or could not be, waits for that. */
  let isStarted = false
  async function onReady(): Promise<void> {
    try {
      await settings.load()
    } finally {
      isStarted = true
      await followAll()
    }
  }

  const stopTargets = bridge.onOpenTarget((target) => {
    targets.push(target)
    if (isStarted && client.engineState.value.state === 'ready') followAll().catch(toasts.showError)
  })
  const stopCommands = bridge.onCommand((commandId) => commands.run(commandId))
  watch(
    client.generation,
    (generation) => {
      if (generation > 0) onReady().catch(toasts.showError)
    },
    { immediate: true },
  )
  watch(
    () => client.engineState.value,
    ({ state, message }) => {
      // A new engine is there within half a second: too short to be read in the foot of the window.
      if (state === 'restarting') toasts.show(message, { tone: 'failed' })
      if (state === 'hung')
        toasts.show(message, {
          tone: 'failed',
          action: { label: 'Restart', run: () => void context.shell.restartEngine().catch(toasts.showError) },
        })
    },
  )
  // The native side paints the title bar and the ground of a new window.
  watch(
    () => settings.settings.value.theme,
    (theme) => {
      context.shell.setTheme(theme).catch(toasts.showError)
    },
  )
  onScopeDispose(() => {
    stopTargets()
    stopCommands()
  })
}
