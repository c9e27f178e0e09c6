import { ChartLine, Download, ListFilter, Maximize2, Stethoscope } from '@lucide/vue'
import type { Command } from '../../app/commandStore.ts'
import type { TableCursor } from './useTableCursor.ts'

export interface RunsActions {
  cursor: TableCursor
  pageSize: () => number
  rowCount: () => number
  toggle: () => void
  selectRange: () => void
  togglePeek: () => void
  foldOrUnfold: (open: boolean) => void
  openCurrent: () => void
  compare: () => void
  diagnose: () => void
  setBaseline: () => void
  clearSelection: () => void
  focusFilter: () => void
  exportTable: () => void
}

/** The keys of the runs page: one list for the keyboard, the palette and the sheet of keys. */
export function runsCommands(actions: RunsActions): Command[] {
  const { cursor } = actions
  const section = 'Runs'
  const onRun = (): boolean => cursor.run.value !== null
  const move = (id: string, title: string, keys: string[], run: () => void): Command => ({
    id: `runs.${id}`,
    title,
    section,
    keys,
    isKeyOnly: true,
    run,
  })
  return [
    move('next', 'Next row', ['j', 'ArrowDown'], () => cursor.moveBy(1)),
    move('previous', 'Previous row', ['k', 'ArrowUp'], () => cursor.moveBy(-1)),
    move('pageDown', 'One page down', ['PageDown'], () => cursor.moveBy(actions.pageSize())),
    move('pageUp', 'One page up', ['PageUp'], () => cursor.moveBy(-actions.pageSize())),
    move('first', 'First row', ['Home'], () => cursor.moveTo(0)),
    move('last', 'Last row', ['End'], () => cursor.moveTo(actions.rowCount() - 1)),
    move('fold', 'Fold the group', ['ArrowLeft'], () => actions.foldOrUnfold(false)),
    move('unfold', 'Unfold the group', ['ArrowRight'], () => actions.foldOrUnfold(true)),
    move('select', 'Select or deselect', ['x'], actions.toggle),
    move('selectRange', 'Select up to here', ['Shift+x'], actions.selectRange),
    move('peek', 'Peek: open or close the inspector', ['Space'], actions.togglePeek),
    {
      id: 'runs.open',
      title: 'Open the run',
      section,
      keys: ['Enter'],
      icon: Maximize2,
      isEnabled: () => cursor.row.value !== null,
      run: actions.openCurrent,
    },
    { id: 'runs.compare', title: 'Compare the selection', section, keys: ['c'], icon: ChartLine, run: actions.compare },
    {
      id: 'runs.diagnose',
      title: 'Diagnose the selection',
      section,
      keys: ['d'],
      icon: Stethoscope,
      run: actions.diagnose,
    },
    { id: 'runs.filter', title: 'Filter the runs', section, keys: ['/'], icon: ListFilter, run: actions.focusFilter },
    {
      id: 'runs.baseline',
      title: 'Make this run the baseline',
      section,
      keys: ['b'],
      isEnabled: onRun,
      run: actions.setBaseline,
    },
    { id: 'runs.clear', title: 'Clear the selection', section, keys: ['Escape'], run: actions.clearSelection },
    { id: 'runs.export', title: 'Export the table as CSV', section, icon: Download, run: actions.exportTable },
  ]
}
