import { flushPromises } from '@vue/test-utils'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { parse } from 'yaml'
import NewRunView from '../../../../src-renderer/features/newRun/NewRunView.vue'
import { createFakeBridge } from '../../fakeBridge.ts'
import type { FakeBridge } from '../../fakeBridge.ts'
import { mountInApp } from '../../mountInApp.ts'
import type { MountedInApp } from '../../mountInApp.ts'

const schema: unknown = JSON.parse(readFileSync('resources/recipe.schema.json', 'utf8'))
const yaml = readFileSync('resources/recipes/mnist-noisy-labels.yaml', 'utf8')

describe('NewRunView', () => {
  let bridge: FakeBridge
  let mounted: MountedInApp

  beforeEach(async () => {
    vi.useFakeTimers()
    bridge = createFakeBridge([], {
      'recipes.list': () => ({
        recipes: [{ name: 'mnist-noisy-labels', title: 'Noisy labels', description: 'Cannot interpolate.', yaml }],
      }),
      'recipes.schema': () => ({ schema }),
      'recipes.check': ({ yaml: text }) =>
        parse(text).optimizer.momentum >= 1
          ? {
              problems: [
                { key: 'optimizer.momentum', line: 17, message: 'optimizer.momentum is 1.5: below 1 is allowed' },
              ],
              recipe: null,
              estimate: null,
            }
          : {
              problems: [],
              recipe: parse(text),
              estimate: { parameterCount: 7754, stepCount: 6000, memoryBytes: 4e8, seconds: 48, probeShare: 0.31 },
            },
      'training.start': () => ({ runs: [{ id: 'new', name: 'mnist-noisy-labels-s1', path: '/w/new' }] }),
    })
    const opening = mountInApp(NewRunView, bridge, { workspace: '/w' })
    await vi.advanceTimersByTimeAsync(300)
    mounted = await opening
    await settle()
  })

  afterEach(() => {
    mounted.unmount()
    vi.useRealTimers()
  })

  async function settle(): Promise<void> {
    await vi.advanceTimersByTimeAsync(300)
    await flushPromises()
  }

  const text = (): string => (document.body.textContent ?? '').replaceAll(/[\u202f\u00a0]/g, ' ')
  function fail(message: string): never {
    throw new Error(message)
  }

  const editor = (): HTMLTextAreaElement => document.querySelector('textarea') ?? fail('There is no editor')
  const startButton = (): HTMLButtonElement =>
    [...document.querySelectorAll('button')].find((button) => button.textContent?.trim().startsWith('Start')) ??
    fail('There is no start button')

  function field(label: string): HTMLInputElement {
    const found = [...document.querySelectorAll('label')].find((candidate) => candidate.textContent?.trim() === label)
    const input = found && document.getElementById(found.htmlFor)
    return input instanceof HTMLInputElement ? input : fail(`There is no field ${label}`)
  }

  async function type(input: HTMLInputElement | HTMLTextAreaElement, value: string): Promise<void> {
    input.value = value
    input.dispatchEvent(new Event('input'))
    await settle()
  }

  it('shows the estimate before the start', () => {
    expect(text()).toContain('7 754')
    expect(text()).toContain('about 48 s')
    expect(text()).toContain('31 % of the time')
  })

  it('writes a field into the YAML and marks it as changed', async () => {
    await type(field('Learning rate'), '0.05')
    expect(editor().value).toBe(yaml.replace('learning_rate: 0.1', 'learning_rate: 0.05'))
    expect(text()).toContain('changed')
  })

  it('reads an edit of the YAML into the form', async () => {
    await type(editor(), yaml.replace('momentum: 0.9', 'momentum: 0.5 # less'))
    expect(field('Momentum').value).toBe('0.5')
  })

  it('shows a problem at its key and does not start', async () => {
    await type(field('Momentum'), '1.5')
    expect(text()).toContain('optimizer.momentum is 1.5: below 1 is allowed')
    expect(startButton().disabled).toBe(true)
  })

  it('keeps the last form while the YAML cannot be read', async () => {
    await type(editor(), `${yaml}\n  broken: [1,`)
    expect(field('Learning rate').value).toBe('0.1')
    expect(document.querySelector('.form')?.hasAttribute('inert')).toBe(true)
    expect(startButton().disabled).toBe(true)
  })

  it('starts one run per seed and shows it', async () => {
    const seeds = document.querySelector<HTMLInputElement>('.seeds input') ?? fail('There is no field for seeds')
    await type(seeds, '0-2')
    expect(startButton().textContent).toContain('Start 3 seeds')
    startButton().click()
    await settle()
    expect(bridge.callsOf('training.start')).toEqual([{ workspace: '/w', yaml, seeds: [0, 1, 2] }])
    expect(mounted.context.route.route.value).toMatchObject({ page: 'run', runId: 'new' })
  })
})
