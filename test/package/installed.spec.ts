import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { listFiles } from '../../scripts/packaging/listFiles.mjs'
import { commandLine, namespaceOf, statusField } from '../e2e/fixtures/processTree.ts'
import { brokenDependencies, changedFiles, existing, install, isInstalled, ownPaths, remove } from './fixtures/dpkg.ts'
import { openInstalledWindow } from './fixtures/installedWindow.ts'
import { createOrdinaryUser, type OrdinaryUser } from './fixtures/ordinaryUser.ts'
import { debianPackage } from './fixtures/packages.ts'

// The life of an installed program, step by step, on this very system: install, train, look, crash, upgrade, downgrade, remove.
test.describe.configure({ mode: 'serial' })

let user: OrdinaryUser
let workspace = ''
let run = ''
let pathsOfPackage: string[] = []
let temporaryBefore: string[] = []

test.beforeAll(() => {
  if (isInstalled()) throw new Error('ergoscope is installed on this system: remove it first (dpkg --remove ergoscope)')
  user = createOrdinaryUser()
  workspace = join(user.home, 'runs')
  // A number of a user who was deleted may be given again, and his files with it.
  temporaryBefore = temporaryFiles()
})
test.afterAll(async () => {
  user.remove()
  if (isInstalled()) await remove()
})

const temporaryFiles = (): string[] =>
  execFileSync('find', ['/tmp', '/var/tmp', '/dev/shm', '-user', user.name], { encoding: 'utf8' })
    .split('\n')
    .filter((path) => path !== '')
const settings = (): Record<string, unknown> =>
  JSON.parse(readFileSync(join(user.home, '.config', 'ergoscope', 'settings.json'), 'utf8'))
const claim = (page: Page): ReturnType<Page['getByRole']> => page.getByRole('heading', { level: 1 })
const screenshot = (page: Page, name: string): Promise<Buffer> =>
  page.screenshot({ path: join(import.meta.dirname, '..', '..', 'test-results', 'installed', `${name}.png`) })

async function seeDiagnosis(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'quadratic-sgd' })).toBeVisible({ timeout: 30_000 })
  await page.keyboard.press('d')
  await expect(claim(page)).toContainText('settled', { timeout: 30_000 })
  await expect(page.getByRole('list', { name: 'Chain of evidence' }).getByRole('listitem').first()).toBeVisible()
}

test('the previous version installs, and nothing is missing', async () => {
  await install(debianPackage('previous'))
  expect(brokenDependencies()).toBe('')
  expect(user.ergoscope('--version').trim()).toBe('0.0.9')
})

test('the command line trains the closed-form recipe and diagnoses it, without a display or a tensor library', () => {
  user.ergoscope('train', 'quadratic-sgd', '--workspace', workspace)
  const report = user.ergoscope('diagnose', 'quadratic-sgd', '--workspace', workspace)
  expect(report).toContain('invariant measure')
  run = readdirSync(workspace).find((name) => name.startsWith('quadratic-sgd')) ?? ''
  expect(run).not.toBe('')
})

test('without a display the window says so in one line', () => {
  expect(() => user.ergoscope('open', workspace)).toThrow(/no display to open/)
})

test('the window shows the diagnosis of a run given as argument, in its real sandbox; settings are kept', async () => {
  const window = await openInstalledWindow(user, join(workspace, run))
  await seeDiagnosis(window.page)
  await window.page.getByRole('button', { name: 'Dark theme' }).click()
  await expect.poll(() => settings()['theme']).toBe('dark')
  await screenshot(window.page, 'diagnosis')
  const pids = window.processes()
  expect(pids.map(commandLine).join('\n')).not.toContain('--no-sandbox')
  const pages = pids.filter((pid) => commandLine(pid).includes('--type=renderer'))
  expect(pages).not.toHaveLength(0)
  for (const pid of pages) {
    expect(statusField(pid, 'Seccomp')).toBe('2')
    expect(namespaceOf(pid, 'user')).not.toBe(namespaceOf(window.pid, 'user'))
  }
  const engine = pids.map(commandLine).find((line) => line.includes('/engine/host.js'))
  expect(engine).toMatch(/^\/opt\/ergoscope\/resources\/node\/bin\/node /)
  await window.close()
})

test('after kill -9 the window starts again, and the workspace is among the recent ones', async () => {
  const killed = await openInstalledWindow(user, workspace)
  await expect(killed.page.getByText('Engine ready')).toBeVisible({ timeout: 30_000 })
  const pids = killed.processes()
  await killed.kill()
  await expect.poll(() => pids.filter((pid) => commandLine(pid) !== '')).toEqual([])
  const window = await openInstalledWindow(user)
  await expect(window.page.getByText(workspace).first()).toBeVisible({ timeout: 30_000 })
  await window.close()
})

test('the upgrade keeps the workspace and the settings', async () => {
  const before = settings()
  const runBefore = readFileSync(join(workspace, run, 'run.sqlite'))
  await install(debianPackage('current'))
  expect(user.ergoscope('--version').trim()).not.toBe('0.0.9')
  expect(settings()).toEqual(before)
  const window = await openInstalledWindow(user, join(workspace, run))
  await seeDiagnosis(window.page)
  await expect(window.page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await screenshot(window.page, 'diagnosis-after-upgrade')
  await window.close()
  expect(readFileSync(join(workspace, run, 'run.sqlite')).equals(runBefore)).toBe(true)
})

test('a downgrade does not harm them', async () => {
  const before = settings()
  await install(debianPackage('previous'))
  expect(user.ergoscope('diagnose', 'quadratic-sgd', '--workspace', workspace)).toContain('invariant measure')
  expect(settings()).toEqual(before)
  await install(debianPackage('current'))
})

test('the desktop entry starts the window, also for links', () => {
  const entry = readFileSync('/usr/share/applications/ergoscope.desktop', 'utf8')
  expect(entry).toContain('Exec=/opt/ergoscope/ergoscope %U')
  expect(entry).toContain('MimeType=x-scheme-handler/ergoscope;')
  execFileSync('desktop-file-validate', ['/usr/share/applications/ergoscope.desktop'])
})

test('it wrote to the workspace and to its own folders of the user, and nowhere else', () => {
  pathsOfPackage = ownPaths()
  expect(changedFiles()).toBe('')
  const allowed = [
    /^runs\//,
    /^\.(config|cache|local\/share|local\/state)\/ergoscope\//,
    /^\.cache\/dconf\//, // GTK's own, of every program with a window
    /^\.(Xauthority|bash_logout|bashrc|profile)$/, // made by the test and by useradd
  ]
  const written = listFiles(user.home).map(({ path }) => path)
  expect(written.filter((path) => !allowed.some((pattern) => pattern.test(path)))).toEqual([])
  expect(temporaryFiles().filter((path) => !temporaryBefore.includes(path))).toEqual([])
})

test('the removal leaves the user’s data and nothing else', async () => {
  await remove()
  expect(existing(pathsOfPackage)).toEqual([])
  const elsewhere = ['/opt', '/usr', '/etc', '/var'].flatMap((folder) =>
    execFileSync('find', [folder, '-xdev', '-iname', '*ergoscope*', '-newer', debianPackage('current')], {
      encoding: 'utf8',
    })
      .split('\n')
      .filter((path) => path !== ''),
  )
  expect(elsewhere).toEqual([])
  const kept = listFiles(user.home).map(({ path }) => path)
  const profile = '.cache/ergoscope/window/'
  const shown = kept.filter((path) => !path.startsWith(profile))
  process.stdout.write(`left after the removal, in ${user.home}:\n${shown.map((path) => `  ${path}\n`).join('')}`)
  process.stdout.write(`  ${profile}: Chromium's profile, ${kept.length - shown.length} files\n`)
  expect(kept).toContain('.config/ergoscope/settings.json')
  expect(kept).toContain(`runs/${run}/run.sqlite`)
})
