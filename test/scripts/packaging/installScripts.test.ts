import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const checkout = join(import.meta.dirname, '../../..')
const read = (name: string) => readFileSync(join(checkout, name), 'utf8')

interface Lock {
  packages: Record<string, { hasInstallScript?: boolean }>
}

test('no install script of a dependency runs, and each package that has one is denied by name, with the reason', () => {
  const lock: Lock = JSON.parse(read('package-lock.json'))
  const withScript = Object.entries(lock.packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript === true)
    .map(([folder]) => folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length))
  const policy: Record<string, boolean> = JSON.parse(read('package.json')).allowScripts
  expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m)
  expect(Object.keys(policy).toSorted()).toEqual(withScript.toSorted())
  expect(Object.values(policy)).not.toContain(true)
  for (const name of withScript) expect(read('docs/packaging.md')).toContain(`| \`${name}\` |`)
})
