import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { scalarRoles, vectorRoles } from '#core/diagnostics/observables/observables.ts'
import { defaultMargins } from '#core/diagnostics/results/margins.ts'
import { ergoscope } from './runCommand.ts'

let folder: string
const place = (name: string) => join(folder, name)
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ergoscope-exit-'))
  writeFileSync(place('trace.csv'), `loss,other\n${Array.from({ length: 60 }, (_, i) => `${i},1`).join('\n')}\n`)
  writeFileSync(place('nohead.csv'), '1,2\n3,4\n')
  await ergoscope('import', place('trace.csv'), '--name', 'trace', '--workspace', place('runs'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const inFolder = (argument: string) => (argument.endsWith('.csv') ? place(argument) : argument)

it.each([
  [2, 'import trace.csv --config learning_rate=-0.1', 'a number above 0'],
  [2, 'import trace.csv --config lr=0.1', 'did you mean learning_rate?'],
  [2, 'import trace.csv --config momentum=0.1 --config momentum=0.2', 'momentum=0.1 and momentum=0.2'],
  [2, 'import trace.csv --role nonsense=loss', "role 'nonsense' is not known"],
  [2, 'import trace.csv nohead.csv --role nonsense=loss', "role 'nonsense' is not known"],
  [2, 'import trace.csv --role loss=loss --role accuracy=loss', "the roles 'loss' and 'accuracy'"],
  [2, 'diagnose trace --margin foo=1', 'foo'],
  [2, 'sql trace SELEC', 'SQL'],
  [2, 'train quadratic-sgd --set optimizer.learning_rate=-1 --detach', '--set'],
  [2, 'series trace loss --buckets -3', 'A whole number from 1 on is needed'],
  [2, 'series trace loss --buckets 0', 'A whole number from 1 on is needed'],
  [1, 'import trace.csv --role loss=missing', "no column 'missing'"],
  [1, 'import nohead.csv', 'add a header line'],
  [1, 'show missing', 'missing'],
  [1, 'stats trace missing', "no scalar metric 'missing'"],
])('ends with %i in one line: %s', async (code, line, message) => {
  const outcome = await ergoscope(...line.split(' ').map(inFolder), '--workspace', place('runs'))
  expect(outcome.stderr).toContain(message)
  expect(outcome.stderr.trim().split('\n')).toHaveLength(1)
  expect(outcome.stderr.match(/nohead\.csv/g)?.length ?? 1).toBe(1)
  expect(outcome.code).toBe(code)
})

it('lists in its help what can be given', async () => {
  const imported = await ergoscope('import', '--help')
  for (const role of [...scalarRoles, ...vectorRoles]) expect(imported.stdout).toContain(role)
  const diagnosed = await ergoscope('diagnose', '--help')
  for (const [name, value] of Object.entries(defaultMargins)) expect(diagnosed.stdout).toContain(`${name}=${value}`)
  expect((await ergoscope('compare', '--help')).stdout).toMatch(/Usage: .*--metric <METRIC>[^]*\(required\)/)
})
