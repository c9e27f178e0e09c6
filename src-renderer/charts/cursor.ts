import { shallowReadonly, shallowRef, type ShallowRef } from 'vue'

/** Where the pointer is, in data units of the horizontal axis that the panels of one view share; null when it is on none. */
export interface Cursor {
  readonly x: Readonly<ShallowRef<number | null>>
  /** The panel under the pointer, which alone shows the card of values; null while the keyboard moves the cursor. */
  readonly panelId: Readonly<ShallowRef<string | null>>
  moveTo(x: number | null, panelId: string | null): void
}

export function createCursor(): Cursor {
  const x = shallowRef<number | null>(null)
  const panelId = shallowRef<string | null>(null)
  return {
    x: shallowReadonly(x),
    panelId: shallowReadonly(panelId),
    moveTo(nextX, nextPanelId) {
      x.value = nextX
      panelId.value = nextX === null ? null : nextPanelId
    },
  }
}
