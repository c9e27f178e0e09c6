interface Sized {
  id: string
  size: number
}

/** Dragging the right edge of a heading changes the width of its column. */
export function useColumnResize(onResize: (id: string, width: number) => void): {
  startResize: (event: PointerEvent, column: Sized) => void
} {
  function startResize(event: PointerEvent, column: Sized): void {
    const grip = event.currentTarget
    if (!(grip instanceof HTMLElement)) return
    event.preventDefault()
    grip.setPointerCapture(event.pointerId)
    const startX = event.clientX
    const move = (moved: PointerEvent): void => onResize(column.id, column.size + moved.clientX - startX)
    grip.addEventListener('pointermove', move)
    grip.addEventListener('lostpointercapture', () => grip.removeEventListener('pointermove', move), { once: true })
  }
  return { startResize }
}
