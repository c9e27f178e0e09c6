import { shallowReadonly, shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import { toErrorReport } from '#shared/errors.ts'

export interface Toast {
  id: number
  tone: 'plain' | 'failed'
  /** One line. */
  text: string
  action: { label: string; run: () => void } | null
}

export interface ToastStore {
  readonly toasts: Readonly<ShallowRef<readonly Toast[]>>
  show(text: string, options?: { tone?: Toast['tone']; action?: Toast['action'] }): void
  /** Shows what was thrown, as one line. */
  readonly showError: (thrown: unknown) => void
  dismiss(id: number): void
}

export function createToastStore(): ToastStore {
  const toasts = shallowRef<readonly Toast[]>([])
  let lastId = 0

  function show(text: string, options: { tone?: Toast['tone']; action?: Toast['action'] } = {}): void {
    lastId += 1
    const toast: Toast = { id: lastId, tone: options.tone ?? 'plain', text, action: options.action ?? null }
    toasts.value = [...toasts.value.filter((other) => other.text !== text), toast].slice(-3)
  }

  return {
    toasts: shallowReadonly(toasts),
    show,
    showError: (thrown) => show(toErrorReport(thrown).message, { tone: 'failed' }),
    dismiss: (id) => {
      toasts.value = toasts.value.filter((toast) => toast.id !== id)
    },
  }
}
