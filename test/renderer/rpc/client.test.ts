import { flushPromises } from '@vue/test-utils'
import { effectScope, shallowRef } from 'vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ErgoscopeError } from '#shared/errors.ts'
import { createClient } from '../../../src-renderer/rpc/client.ts'
import { useResource } from '../../../src-renderer/rpc/useResource.ts'
import { createFakeBridge } from '../fakeBridge.ts'
import { fakeRun } from '../fakeRuns.ts'

describe('client', () => {
  it('throws what the engine reports', async () => {
    const bridge = createFakeBridge([], {
      'runs.get': () => {
        throw new ErgoscopeError('not-found', 'No run is called x', { data: { runId: 'x' } })
      },
    })
    await expect(createClient(bridge).call('runs.get', { workspace: '/w', runId: 'x' })).rejects.toMatchObject({
      code: 'not-found',
      message: 'No run is called x',
      data: { runId: 'x' },
    })
  })

  it('cancels in the engine when its signal aborts', async () => {
    let finish: (value: { checks: [] }) => void = () => undefined
    const bridge = createFakeBridge([], { 'engine.doctor': () => new Promise((resolve) => (finish = resolve)) })
    const cancel = vi.spyOn(bridge, 'cancel')
    const controller = new AbortController()
    const call = createClient(bridge).call('engine.doctor', {}, { signal: controller.signal })
    controller.abort()
    expect(cancel).toHaveBeenCalledTimes(1)
    finish({ checks: [] })
    await call
  })

  it('subscribes again when the engine is back', () => {
    const bridge = createFakeBridge()
    const client = createClient(bridge)
    const seen: number[] = []
    client.subscribe('workspace.changes', { workspace: '/w' }, (event) => seen.push(event.changed.length))
    bridge.changeRuns({ changed: [fakeRun('a')] })
    bridge.endSubscriptions()
    bridge.setEngineState({ state: 'restarting', message: 'The engine is being restarted' })
    bridge.changeRuns({ changed: [fakeRun('a')] })
    bridge.setEngineState({ state: 'ready', message: '' })
    bridge.changeRuns({ changed: [fakeRun('a'), fakeRun('b')] })
    expect(seen).toEqual([1, 2])
    expect(client.generation.value).toBe(2)
  })
})

describe('useResource', () => {
  afterEach(() => vi.useRealTimers())

  it('is slow only after its delay, keeps what was there, and drops an overtaken answer', async () => {
    vi.useFakeTimers()
    const request = shallowRef<string | null>('first')
    const finish = new Map<string, (value: string) => void>()
    const scope = effectScope()
    const resource = scope.run(() =>
      useResource(
        () => request.value,
        (key) => new Promise<string>((resolve) => finish.set(key, resolve)),
      ),
    )
    if (!resource) throw new Error('The scope is not active')
    expect(resource.state.value).toMatchObject({ state: 'loading', isSlow: false })
    vi.advanceTimersByTime(150)
    expect(resource.state.value).toMatchObject({ state: 'loading', isSlow: true })
    request.value = 'second'
    await vi.advanceTimersByTimeAsync(0)
    finish.get('first')?.('late')
    finish.get('second')?.('new')
    await vi.advanceTimersByTimeAsync(0)
    expect(resource.value.value).toBe('new')
    vi.advanceTimersByTime(1000)
    expect(resource.state.value).toEqual({ state: 'ready', value: 'new' })
    scope.stop()
  })

  it('fails with the report and keeps the previous value', async () => {
    const scope = effectScope()
    let shouldFail = false
    const resource = scope.run(() =>
      useResource(
        () => 'key',
        async () => {
          if (shouldFail) throw new ErgoscopeError('disk-full', 'The disk is full')
          return 1
        },
      ),
    )
    await flushPromises()
    shouldFail = true
    await resource?.reload()
    expect(resource?.state.value).toEqual({
      state: 'failed',
      error: { code: 'disk-full', message: 'The disk is full' },
      previous: 1,
    })
    scope.stop()
  })
})
