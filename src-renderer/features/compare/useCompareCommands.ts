import { Download, Link, Plus } from '@lucide/vue'
import type { ComputedRef, ShallowRef } from 'vue'
import { useApp } from '../../app/appContext.ts'
import { useCommands } from '../../app/commandStore.ts'
import { defaultSmoothing, type CompareState } from './compareQuery.ts'

/** What the commands of the page read and do. */
export interface CompareActions {
  readonly state: ComputedRef<CompareState>
  readonly zoom: ShallowRef<unknown>
  /** The group under the pointer. */
  readonly hoveredId: ShallowRef<string | null>
  change: (patch: Partial<CompareState>) => void
  hasRuns: () => boolean
  pickPanel: () => void
  moveCursor: (direction: 1 | -1) => void
  toggleBaseline: (groupId: string) => void
  copyLink: () => void
  exportPoints: () => void
}

/** Offers the commands of the page while it is open. */
export function useCompareCommands({
  state,
  zoom,
  hoveredId,
  change,
  hasRuns,
  pickPanel,
  moveCursor,
  toggleBaseline,
  copyLink,
  exportPoints,
}: CompareActions): void {
  const section = 'Compare'
  useCommands(useApp().commands, () => {
    return [
      {
        id: 'compare.panel',
        title: 'Add a panel',
        section,
        keys: ['a'],
        icon: Plus,
        isEnabled: hasRuns,
        run: pickPanel,
      },
      {
        id: 'compare.logx',
        title: 'Logarithmic horizontal axis',
        section,
        keys: ['Shift+l'],
        isEnabled: () => state.value.axis !== 'wall_time',
        run: () => change({ isLogarithmicX: !state.value.isLogarithmicX }),
      },
      {
        id: 'compare.smooth',
        title: 'Smoothing off and on',
        section,
        keys: ['s'],
        run: () => change({ smoothing: state.value.smoothing > 0 ? 0 : defaultSmoothing }),
      },
      {
        id: 'compare.previous',
        title: 'Cursor to the previous point',
        section,
        keys: ['['],
        isKeyOnly: true,
        run: () => moveCursor(-1),
      },
      {
        id: 'compare.next',
        title: 'Cursor to the next point',
        section,
        keys: [']'],
        isKeyOnly: true,
        run: () => moveCursor(1),
      },
      {
        id: 'compare.zoom',
        title: 'Reset zoom',
        section,
        keys: ['0'],
        isEnabled: () => zoom.value !== null,
        run: () => (zoom.value = null),
      },
      {
        id: 'compare.baseline',
        title: 'Set the pointed-at run as baseline',
        section,
        keys: ['b'],
        isKeyOnly: true,
        isEnabled: () => hoveredId.value !== null,
        run: () => toggleBaseline(hoveredId.value ?? ''),
      },
      {
        id: 'compare.link',
        title: 'Copy a link to this view',
        section,
        icon: Link,
        isEnabled: hasRuns,
        run: copyLink,
      },
      {
        id: 'compare.export',
        title: 'Export all points of these panels',
        section,
        icon: Download,
        isEnabled: hasRuns,
        run: exportPoints,
      },
    ]
  })
}
