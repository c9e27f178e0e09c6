import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lightTokens } from '#figures/plot/lightTokens.ts'

const css = readFileSync(join(import.meta.dirname, '..', '..', '..', 'src-figures', 'tokens.css'), 'utf8')

describe('lightTokens', () => {
  it('are those of the light theme in tokens.css', () => {
    const [light = ''] = css.split('\n}')
    const declared = new Map(
      [...light.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value.trim()]),
    )
    expect(declared.size).toBeGreaterThan(100)
    const tokens = Object.entries(lightTokens)
    expect(tokens.filter(([name, value]) => declared.get(name) !== value)).toEqual([])
  })
})
