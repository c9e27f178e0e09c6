import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseFilter } from '#core/runs/filter.ts'
import { queryRunFile } from '#engine/runfile/queryRunFile.ts'
import { newRun, temporaryFolder } from './runFolder.ts'

const docs = join(import.meta.dirname, '../../docs')

function codeBlock(file: string, language: string): string {
  const text = readFileSync(join(docs, file), 'utf8')
  return new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'ms').exec(text)?.[1] ?? ''
}

it('the ten lines of Python in docs/run-file.md read a run', () => {
  const snippet = codeBlock('run-file.md', 'python')
  expect(snippet.trim().split('\n').length).toBeLessThanOrEqual(10)
  const script = join(temporaryFolder(), 'read.py')
  writeFileSync(script, snippet)
  const writer = newRun({ name: 'noisy' })
  writer.setConfig({ learning_rate: 0.5, 'optimizer.name': 'sgd' })
  writer.logScalars(0, { loss: 2, norm: 7 }, 0)
  writer.logScalars(1, { loss: NaN }, 0)
  writer.beginAttempt(1)
  writer.logScalars(1, { loss: Infinity }, 0)
  writer.commit()
  const read = (): string[] => execFileSync('python3', [script, writer.folder], { encoding: 'utf8' }).trim().split('\n')
  const expected = ['learning_rate = 0.5', 'optimizer.name = sgd', 'loss 2 (1, inf)', 'norm 1 (0, 7.0)']
  expect(read()).toEqual(['noisy queued', ...expected])
  writer.finish('finished', '', 1)
  expect(read()).toEqual(['noisy finished', ...expected])
})

it('docs/run-file.md names every table, view and column', () => {
  const text = readFileSync(join(docs, 'run-file.md'), 'utf8')
  const writer = newRun()
  const { rows } = queryRunFile(
    writer.folder,
    `SELECT s.name, c.name FROM sqlite_schema s JOIN pragma_table_info(s.name) c WHERE s.type IN ('table', 'view') AND s.name NOT LIKE 'sqlite_%'`,
  )
  expect(rows.length).toBeGreaterThan(80)
  for (const [table, column] of rows) {
    expect(text).toMatch(new RegExp(`\\*\\*${String(table)}\\*\\*`))
    expect(text).toContain(`\`${String(column)}\``)
  }
})

it('a question about a table that is not there names those that are', () => {
  const writer = newRun()
  expect(() => queryRunFile(writer.folder, 'SELECT * FROM series')).toThrow(
    /^SQL: no such table: series; there are attempt, [a-z_, ]+, version$/,
  )
})

it('every example of docs/filter.md is understood', () => {
  const examples = codeBlock('filter.md', '').trim().split('\n')
  expect(examples.length).toBeGreaterThan(3)
  for (const example of examples) expect(() => parseFilter(example)).not.toThrow()
})
