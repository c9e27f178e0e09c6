import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export type ThemeSource = 'system' | 'light' | 'dark'

/** What the window remembers between starts. */
export interface WindowState {
  bounds: Bounds | null
  isMaximized: boolean
  theme: ThemeSource
}

export interface Bounds {
  x: number
  y: number
  width: number
  height: number
}

const initialState: WindowState = { bounds: null, isMaximized: false, theme: 'system' }

/** The state in the file; what is missing or makes no sense has its initial value. */
export function readWindowState(file: string): WindowState {
  let stored: unknown
  try {
    stored = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return initialState // No file yet, or a broken one: where a window stood is not worth a word.
  }
  if (typeof stored !== 'object' || stored === null) return initialState
  const { bounds, isMaximized, theme } = stored as Partial<Record<keyof WindowState, unknown>> // Every field is checked below.
  return {
    bounds: isBounds(bounds) ? bounds : null,
    isMaximized: isMaximized === true,
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
  }
}

/** Remembers the state, if it can: where a window stood must not keep it from closing. */
export function writeWindowState(file: string, state: WindowState): void {
  const aside = `${file}.${process.pid}.new`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(aside, JSON.stringify(state))
    renameSync(aside, file)
  } catch {
    rmSync(aside, { force: true }) // a full disk or a read-only home: the next window stands where the first one did
  }
}

/** The bounds when enough of them lies on one of the screens to be grasped; null otherwise (a screen was unplugged). */
export function boundsOnScreen(bounds: Bounds | null, screens: readonly Bounds[]): Bounds | null {
  if (bounds === null) return null
  const graspable = 100
  const isReachable = screens.some((screen) => {
    const width = Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x)
    const isTopBarVisible = bounds.y >= screen.y && bounds.y < screen.y + screen.height - graspable / 2
    return width >= graspable && isTopBarVisible
  })
  return isReachable ? bounds : null
}

function isBounds(value: unknown): value is Bounds {
  if (typeof value !== 'object' || value === null) return false
  const bounds = value as Partial<Record<keyof Bounds, unknown>> // Every field is checked in the next line.
  return [bounds.x, bounds.y, bounds.width, bounds.height].every((number) => Number.isSafeInteger(number))
}
