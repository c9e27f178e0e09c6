type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** A key press as commands name it: `j`, `Shift+x`, `Ctrl+k`, `?`, `Space`, `ArrowDown`. The Command key counts as Ctrl. */
export function keyName(press: KeyPress): string {
  const key = press.key === ' ' ? 'Space' : press.key.length === 1 ? press.key.toLowerCase() : press.key
  // Shift is already in the character of a symbol: "?" is not "Shift+?".
  const isSymbol = key.length === 1 && !/[a-z]/.test(key)
  const modifiers = [
    press.ctrlKey || press.metaKey ? 'Ctrl' : '',
    press.altKey ? 'Alt' : '',
    press.shiftKey && !isSymbol ? 'Shift' : '',
  ]
  return [...modifiers.filter((modifier) => modifier !== ''), key].join('+')
}

const shown: Record<string, string> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
}

/** How a key or a sequence is printed on a key cap: `Ctrl K`, `G then R`, `Shift X`. */
export function keyLabel(keys: string): string {
  return keys
    .split(' ')
    .map((press) =>
      press
        .split('+')
        .map((part) => shown[part] ?? (part.length === 1 ? part.toUpperCase() : part))
        .join(' '),
    )
    .join(' then ')
}

/** Whether the press types text or moves in a control, so that a plain key must not run a command. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable="true"], [role="textbox"]') !== null
  )
}

/** Whether the press belongs to something that floats above the page: its commands rest meanwhile. */
export function isInOverlay(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null
}

/** Whether Enter and Space already do something there: press a button, tick a box, follow a link. */
export function isPressable(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('button, a[href], summary, [role="checkbox"], [role="tab"], [role="switch"], [role="radio"]') !==
      null
  )
}
