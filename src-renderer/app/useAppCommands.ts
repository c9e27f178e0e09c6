import {
  ChartLine,
  CirclePlus,
  FolderOpen,
  House,
  Import,
  Keyboard,
  Moon,
  Play,
  Rows3,
  Settings2,
  Stethoscope,
  Sun,
} from '@lucide/vue'
import { shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import type { AppContext } from './appContext.ts'
import type { Command } from './commandStore.ts'
import { useCommands } from './commandStore.ts'
import { createWorkspaceActions } from './workspaceActions.ts'

export type Overlay = 'palette' | 'keys'

/** The commands that every page has. Returns which overlay is open. */
export function useAppCommands(context: AppContext): { overlay: ShallowRef<Overlay | null> } {
  const { route, workspace, settings, theme, toasts, commands } = context
  const actions = createWorkspaceActions(context)
  const overlay = shallowRef<Overlay | null>(null)
  const hasWorkspace = (): boolean => workspace.info.value !== null

  function toggle(next: Overlay): void {
    overlay.value = overlay.value === next ? null : next
  }

  const pages: Command[] = [
    {
      id: 'go.runs',
      title: 'Runs',
      section: 'Go to',
      keys: ['g r'],
      icon: Rows3,
      isEnabled: hasWorkspace,
      run: () => route.go('runs'),
    },
    {
      id: 'go.compare',
      title: 'Compare',
      section: 'Go to',
      keys: ['g c'],
      icon: ChartLine,
      isEnabled: hasWorkspace,
      run: () => route.go('compare'),
    },
    {
      id: 'go.diagnose',
      title: 'Diagnose',
      section: 'Go to',
      keys: ['g d'],
      icon: Stethoscope,
      isEnabled: hasWorkspace,
      run: () => route.go('diagnose'),
    },
    { id: 'go.new', title: 'New run', section: 'Go to', keys: ['g n'], icon: CirclePlus, run: () => route.go('new') },
    { id: 'go.import', title: 'Import', section: 'Go to', keys: ['g i'], icon: Import, run: () => route.go('import') },
    {
      id: 'go.settings',
      title: 'Settings and doctor',
      section: 'Go to',
      keys: ['g s'],
      icon: Settings2,
      run: () => route.go('settings'),
    },
    { id: 'go.start', title: 'Start page', section: 'Go to', icon: House, run: () => route.go('start') },
  ]

  const windowCommands = (): Command[] => [
    {
      id: 'window.palette',
      title: 'Search or run a command',
      section: 'Window',
      keys: ['Ctrl+k'],
      isKeyOnly: true,
      run: () => toggle('palette'),
    },
    {
      id: 'window.keys',
      title: 'Show the keys of this page',
      section: 'Window',
      keys: ['?'],
      icon: Keyboard,
      run: () => toggle('keys'),
    },
    {
      id: 'workspace.open',
      title: 'Open a folder',
      section: 'Window',
      keys: ['Ctrl+o'],
      icon: FolderOpen,
      run: () => actions.chooseFolder().catch(toasts.showError),
    },
    {
      id: 'training.demo',
      title: 'Train the demo',
      section: 'Window',
      icon: Play,
      run: () => actions.startDemo().catch(toasts.showError),
    },
    {
      id: 'window.theme',
      title: theme.value === 'dark' ? 'Light theme' : 'Dark theme',
      section: 'Window',
      icon: theme.value === 'dark' ? Sun : Moon,
      run: () => settings.update({ theme: theme.value === 'dark' ? 'light' : 'dark' }).catch(toasts.showError),
    },
  ]

  useCommands(commands, () => [...pages, ...windowCommands()])
  return { overlay }
}
