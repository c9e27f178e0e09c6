import type { Component } from 'vue'

/** An entry of a menu. `isChecked` makes it one that can be ticked. */
export type MenuEntry =
  | { kind: 'heading'; label: string }
  | { kind: 'separator' }
  | {
      kind: 'item'
      label: string
      detail?: string
      icon?: Component
      keys?: string
      isChecked?: boolean
      isDisabled?: boolean
      /** A ticked entry usually keeps the menu open. */
      staysOpen?: boolean
      onSelect: () => void
    }
