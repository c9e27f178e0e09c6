import { shallowRef, type ShallowRef } from 'vue'

/** Where the pointer is, in data units of the horizontal axis that the panels of one view share; null when it is on none. */
export interface Cursor {
  readonly x: ShallowRef<number | null>
  /** The panel under the pointer, which alone shows the card of values. */
  readonly panelId: ShallowRef<string | null>
}

export function createCursor(): Cursor {
  return { x: shallowRef(null), panelId: shallowRef(null) }
}
