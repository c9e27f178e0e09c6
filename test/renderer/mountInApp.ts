import { flushPromises, mount } from '@vue/test-utils'
import type { VueWrapper } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { defineComponent, effectScope, h, provide } from 'vue'
import type { Component } from 'vue'
import { appKey } from '../../src-renderer/app/appContext.ts'
import type { AppContext } from '../../src-renderer/app/appContext.ts'
import { createAppContext } from '../../src-renderer/app/createAppContext.ts'
import type { FakeBridge } from './fakeBridge.ts'

export interface MountedInApp {
  wrapper: VueWrapper
  context: AppContext
  /** Presses a key on the window, as the page hears it. */
  press(key: string, modifiers?: KeyboardEventInit): Promise<void>
  unmount(): void
}

/** Mounts a component below the page's stores, over an engine in memory. `workspace` is opened before. */
export async function mountInApp(
  component: Component,
  bridge: FakeBridge,
  options: { workspace?: string; props?: Record<string, unknown> } = {},
): Promise<MountedInApp> {
  const scope = effectScope(true)
  const context = scope.run(() => createAppContext(bridge))
  if (!context) throw new Error('The scope is not active')
  if (options.workspace !== undefined) await context.workspace.open(options.workspace)
  const host = defineComponent(() => {
    provide(appKey, context)
    return () => h(TooltipProvider, null, () => h(component, options.props))
  })
  const wrapper = mount(host, { attachTo: document.body })
  await flushPromises()
  return {
    wrapper,
    context,
    async press(key, modifiers = {}) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers })
      ;(document.activeElement ?? document.body).dispatchEvent(event)
      context.commands.onKeyDown(event)
      await flushPromises()
    },
    unmount() {
      wrapper.unmount()
      scope.stop()
      context.route.dispose()
      document.body.replaceChildren()
    },
  }
}
