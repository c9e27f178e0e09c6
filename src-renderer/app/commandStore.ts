import { computed, onScopeDispose, shallowReadonly, shallowRef } from 'vue'
import type { Component, ComputedRef } from 'vue'
import { isInOverlay, isPressable, isTyping, keyName } from './keys.ts'

/** Something the user can do: listed in the palette, run by its keys, shown on the sheet of keys. */
export interface Command {
  id: string
  /** Sentence case, begins with a verb: `Compare the selection`. */
  title: string
  /** Heading on the sheet of keys. */
  section: string
  /** `j`, `Shift+x`, `Ctrl+k`; a sequence has a space: `g r`. Several ways are allowed. */
  keys?: readonly string[]
  icon?: Component
  isEnabled?: () => boolean
  /** Not in the palette: moves a cursor, closes something. */
  isKeyOnly?: boolean
  run: () => void
}

export interface CommandStore {
  /** Newest registration first: a view's command takes precedence over one of the window. */
  readonly commands: ComputedRef<readonly Command[]>
  /** Commands are re-read when their getter's dependencies change. Returns the function that removes them. */
  register(getCommands: () => readonly Command[]): () => void
  run(id: string): boolean
  /** For the window's `keydown`. */
  onKeyDown(event: KeyboardEvent): void
}

const sequenceTimeoutMs = 1200

export function createCommandStore(now: () => number = () => performance.now()): CommandStore {
  const getters = shallowRef<readonly (() => readonly Command[])[]>([])
  const commands = computed(() => getters.value.flatMap((getCommands) => getCommands()))
  let prefix = ''
  let prefixAtMs = 0

  const isEnabled = (command: Command): boolean => command.isEnabled?.() ?? true

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || ['Control', 'Shift', 'Alt', 'Meta'].includes(event.key)) return
    const name = keyName(event)
    const isPlain = !name.startsWith('Ctrl+') && !name.startsWith('Alt+') && !/^F\d+$/.test(name)
    if (isPlain && (isTyping(event.target) || isInOverlay(event.target))) return
    if ((name === 'Enter' || name === 'Space') && isPressable(event.target)) return
    const sequence = prefix !== '' && now() - prefixAtMs < sequenceTimeoutMs ? `${prefix} ${name}` : name
    prefix = ''
    const enabled = commands.value.filter(isEnabled)
    const match = enabled.find((command) => command.keys?.includes(sequence))
    if (match) {
      event.preventDefault()
      match.run()
    } else if (enabled.some((command) => command.keys?.some((keys) => keys.startsWith(`${sequence} `)))) {
      event.preventDefault()
      prefix = sequence
      prefixAtMs = now()
    }
  }

  return {
    commands: shallowReadonly(commands),
    register(getCommands) {
      getters.value = [getCommands, ...getters.value]
      return () => {
        getters.value = getters.value.filter((other) => other !== getCommands)
      }
    },
    run(id) {
      const command = commands.value.find((candidate) => candidate.id === id && isEnabled(candidate))
      command?.run()
      return command !== undefined
    },
    onKeyDown,
  }
}

/** Offers commands for as long as the component lives. */
export function useCommands(store: CommandStore, getCommands: () => readonly Command[]): void {
  onScopeDispose(store.register(getCommands))
}
