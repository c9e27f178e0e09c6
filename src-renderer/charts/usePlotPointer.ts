import { shallowReadonly, shallowRef, type ShallowRef } from 'vue'
import type { ChartGeometry } from './chartGeometry.ts'

export interface PlotPointer {
  /** Height of the pointer inside the chart, in pixels. */
  readonly pointerY: Readonly<ShallowRef<number>>
  /** The range being dragged, in pixels; null when none. */
  readonly drag: Readonly<ShallowRef<{ left: number; right: number } | null>>
  onMove(event: PointerEvent): void
  onLeave(): void
  onDown(event: PointerEvent): void
  onUp(event: PointerEvent): void
}

/** Narrower drags are clicks. */
const smallestDragPx = 5

/** Turns pointer events over a chart into a hovered position and into dragged ranges, both in data units. */
export function usePlotPointer(options: {
  geometry: Readonly<ShallowRef<ChartGeometry | null>>
  onHover: (x: number | null) => void
  onRange: (range: [number, number]) => void
}): PlotPointer {
  const pointerY = shallowRef(0)
  const drag = shallowRef<{ left: number; right: number } | null>(null)
  let anchor: number | null = null

  function place(event: PointerEvent): { x: number; y: number; plot: ChartGeometry } | null {
    const plot = options.geometry.value
    if (plot === null || !(event.currentTarget instanceof HTMLElement)) return null
    const box = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top, plot }
  }

  const within = (x: number, plot: ChartGeometry): number => Math.max(plot.left, Math.min(plot.right, x))

  function onMove(event: PointerEvent): void {
    const at = place(event)
    if (at === null) return
    pointerY.value = at.y
    const isInside =
      at.x >= at.plot.left && at.x <= at.plot.right && at.y >= at.plot.top - 4 && at.y <= at.plot.bottom + 4
    options.onHover(isInside ? at.plot.xAt(at.x) : null)
    if (anchor === null) return
    const end = within(at.x, at.plot)
    drag.value = { left: Math.min(anchor, end), right: Math.max(anchor, end) }
  }

  function onLeave(): void {
    options.onHover(null)
  }

  function onDown(event: PointerEvent): void {
    const at = place(event)
    if (at === null || event.button !== 0 || at.x < at.plot.left || at.x > at.plot.right || at.y > at.plot.bottom)
      return
    anchor = at.x
    if (event.currentTarget instanceof HTMLElement) event.currentTarget.setPointerCapture(event.pointerId)
  }

  function onUp(event: PointerEvent): void {
    const at = place(event)
    if (at !== null && drag.value !== null && drag.value.right - drag.value.left >= smallestDragPx) {
      options.onRange([at.plot.xAt(drag.value.left), at.plot.xAt(drag.value.right)])
    }
    anchor = null
    drag.value = null
  }

  return { pointerY: shallowReadonly(pointerY), drag: shallowReadonly(drag), onMove, onLeave, onDown, onUp }
}
