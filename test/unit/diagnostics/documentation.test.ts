import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { acrossRunsVerdictIds } from '#core/diagnostics/acrossRuns/acrossRunsTypes.ts'
import { diagnosticIds } from '#core/diagnostics/results/diagnosticResult.ts'
import { defaultMargins } from '#core/diagnostics/results/margins.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const page = (name: string) => readFileSync(join(root, 'docs', 'diagnostics', `${name}.md`), 'utf8')
const pages = [...diagnosticIds, 'across-seeds']

describe('docs/diagnostics', () => {
  it('lists every diagnostic', () => {
    const index = page('README')
    expect(diagnosticIds.filter((id) => !index.includes(`[${id}](${id}.md)`))).toEqual([])
  })

  it.each(pages)('%s says what it tells, when it misleads, its formula, source and validation', (name) => {
    const text = page(name)
    const parts = ['**Tells**', '**Misleads**', '**Source.**', '**Validation.**']
    expect(parts.filter((part) => !text.includes(part))).toEqual([])
  })

  it.each(pages)('%s names tests that exist', (name) => {
    const named = [...page(name).matchAll(/`([\w/]+\.test\.ts)`/g)].map(([, path]) => path ?? '')
    const isThere = (path: string) =>
      existsSync(join(root, path.startsWith('test/') ? path : join('test', 'unit', path)))
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter((path) => !isThere(path))).toEqual([])
  })

  it('lists every margin with its default', () => {
    const index = page('README')
    const missing = Object.entries(defaultMargins).filter(
      ([name, value]) => !index.includes(`| \`${name}\` | ${value} |`),
    )
    expect(missing).toEqual([])
  })

  it('explains every verdict across seeds', () => {
    const text = page('across-seeds')
    expect(acrossRunsVerdictIds.filter((id) => !text.includes(`\`${id}\``))).toEqual([])
  })
})
