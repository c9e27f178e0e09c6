import type { ErgoscopeBridge } from '#shared/contract/bridge.ts'

declare global {
  interface Window {
    readonly ergoscope: ErgoscopeBridge
  }
}

declare module 'vue' {
  /** What falls through to the root element of every component, ours and Reka's: strict templates would refuse it otherwise. */
  interface ComponentCustomProps {
    id?: string | undefined
    role?: string | undefined
    placeholder?: string | undefined
    'aria-rowindex'?: number | undefined
    title?: string | undefined
    tabindex?: number | string | undefined
    'aria-label'?: string | undefined
    'aria-checked'?: boolean | 'mixed' | undefined
    'aria-hidden'?: boolean | 'true' | 'false' | undefined
    'aria-describedby'?: string | undefined
    onClick?: ((event: MouseEvent) => unknown) | undefined
    onChange?: ((event: Event) => unknown) | undefined
    onKeydown?: ((event: KeyboardEvent) => unknown) | undefined
  }
}
