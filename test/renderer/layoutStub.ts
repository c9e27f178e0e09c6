import { vi } from 'vitest'

/** happy-dom lays nothing out: gives every element this size, so that virtual lists show rows. Returns the undo. */
export function stubLayout(width: number, height: number): () => void {
  const spies = [
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(height),
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(width),
  ]
  return () => spies.forEach((spy) => spy.mockRestore())
}
