import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createCommandStore } from '../../../src-renderer/app/commandStore.ts'
import type { Command, CommandStore } from '../../../src-renderer/app/commandStore.ts'
import { keyLabel, keyName } from '../../../src-renderer/app/keys.ts'

const command = (id: string, keys: string[], run: () => void, changes: Partial<Command> = {}): Command => ({
  id,
  title: id,
  section: 'Test',
  keys,
  run,
  ...changes,
})

function press(
  store: CommandStore,
  key: string,
  init: KeyboardEventInit = {},
  target: Element = document.body,
): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init })
  target.dispatchEvent(event)
  store.onKeyDown(event)
  return event
}

describe('keys', () => {
  it('names presses and prints them', () => {
    expect(keyName(new KeyboardEvent('keydown', { key: 'X', shiftKey: true }))).toBe('Shift+x')
    expect(keyName(new KeyboardEvent('keydown', { key: '?', shiftKey: true }))).toBe('?')
    expect(keyName(new KeyboardEvent('keydown', { key: ' ' }))).toBe('Space')
    expect(keyName(new KeyboardEvent('keydown', { key: 'k', metaKey: true }))).toBe('Ctrl+k')
    expect(keyLabel('g r')).toBe('G then R')
    expect(keyLabel('Ctrl+k')).toBe('Ctrl K')
  })
})

describe('command store', () => {
  let now = 0
  let store: CommandStore

  beforeEach(() => {
    now = 0
    store = createCommandStore(() => now)
    document.body.innerHTML =
      '<input id="field" /><button id="button">b</button><div role="dialog"><span id="inside"></span></div>'
  })

  it('runs sequences, and forgets the first key after a while', () => {
    const go = vi.fn<() => void>()
    store.register(() => [command('go', ['g r'], go)])
    press(store, 'g')
    press(store, 'r')
    expect(go).toHaveBeenCalledTimes(1)
    press(store, 'g')
    now = 5000
    press(store, 'r')
    expect(go).toHaveBeenCalledTimes(1)
  })

  it('prefers what was registered last, and skips what is disabled', () => {
    const first = vi.fn<() => void>()
    const second = vi.fn<() => void>()
    let isEnabled = true
    store.register(() => [command('window', ['x'], first)])
    const remove = store.register(() => [command('view', ['x'], second, { isEnabled: () => isEnabled })])
    press(store, 'x')
    isEnabled = false
    press(store, 'x')
    remove()
    press(store, 'x')
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([2, 1])
  })

  it('leaves typing, buttons and dialogs alone, but for Ctrl', () => {
    const plain = vi.fn<() => void>()
    const withCtrl = vi.fn<() => void>()
    const open = vi.fn<() => void>()
    store.register(() => [
      command('plain', ['x'], plain),
      command('ctrl', ['Ctrl+k'], withCtrl),
      command('open', ['Enter'], open),
    ])
    const [field, button, inside] = ['field', 'button', 'inside'].map(
      (id) => document.getElementById(id) ?? document.body,
    )
    press(store, 'x', {}, field)
    press(store, 'x', {}, inside)
    press(store, 'Enter', {}, button)
    expect(plain).not.toHaveBeenCalled()
    expect(open).not.toHaveBeenCalled()
    press(store, 'k', { ctrlKey: true }, field)
    expect(withCtrl).toHaveBeenCalledTimes(1)
  })
})
