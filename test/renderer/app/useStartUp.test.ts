import { flushPromises } from '@vue/test-utils'
import { effectScope } from 'vue'
import { afterEach, expect, it } from 'vitest'
import { createAppContext } from '../../../src-renderer/app/createAppContext.ts'
import { useStartUp } from '../../../src-renderer/app/useStartUp.ts'
import type { OpenTarget } from '#shared/contract/bridge.ts'
import type { Settings } from '#shared/settings.ts'
import { createFakeBridge, type FakeHandlers } from '../fakeBridge.ts'

const scopes: { stop(): void }[] = []
afterEach(() => scopes.splice(0).forEach((scope) => scope.stop()))

const targetOf = (workspacePath: string): OpenTarget => ({
  workspacePath,
  route: '',
  startDemo: false,
  importPath: null,
  problem: null,
})

const settings: Settings = { theme: 'light', density: 'compact', recentWorkspaces: [], margins: {} }

function opened(path: string) {
  const view = { selectedRunIds: [], colorSlots: {}, baselineRunId: null }
  return { path, name: path, isReadOnly: false, runCount: 0, problems: [], view, focusRunId: null }
}

/** A window that starts, over an engine with these handlers. */
function start(handlers: FakeHandlers) {
  const bridge = createFakeBridge([], handlers)
  const scope = effectScope(true)
  scopes.push(scope)
  const context = scope.run(() => {
    const made = createAppContext(bridge)
    useStartUp(made, bridge)
    return made
  })
  return { bridge, path: () => context?.workspace.info.value?.path }
}

it('ends where it was sent last, also where the settings come late', async () => {
  const { promise, resolve } = Promise.withResolvers<Settings>()
  const { bridge, path } = start({ 'settings.read': () => promise })
  bridge.setEngineState({ state: 'restarting', message: '' })
  bridge.openTarget(targetOf('/first'))
  bridge.setEngineState({ state: 'ready', message: '' })
  await flushPromises()
  bridge.openTarget(targetOf('/second'))
  await flushPromises()
  resolve(settings)
  await flushPromises()
  expect(path()).toBe('/second')
})

it('ends where it was sent last, also where the first takes longer to open', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const { bridge, path } = start({
    'workspace.open': async (request) => {
      if (request.path === '/first') await promise
      return opened(request.path)
    },
  })
  await flushPromises()
  bridge.openTarget(targetOf('/first'))
  bridge.openTarget(targetOf('/second'))
  await flushPromises()
  resolve(undefined)
  await flushPromises()
  expect(path()).toBe('/second')
  expect(bridge.callsOf('workspace.open')).toEqual([
    { path: '/first', create: false },
    { path: '/second', create: false },
  ])
})
