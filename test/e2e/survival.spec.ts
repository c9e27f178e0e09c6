import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { checkout } from './fixtures/checkout.ts'
import { expect, test } from './fixtures/electronApp.ts'
import { launchApp } from './fixtures/launchApp.ts'
import { commandLine, processTree } from './fixtures/processTree.ts'
import { startAgain } from './fixtures/secondStart.ts'
import { makeTestFolders, removeTestFolders, type TestFolders } from './fixtures/testFolders.ts'

const trace = join(checkout, 'test', 'fixtures', 'reference', 'q1_sgd_quadratic_1d.csv')

/** A recipe that takes a minute: long enough to be interrupted, whatever the machine. */
const longRecipe = `name: long-quadratic
problem: { kind: quadratic, curvature: [1], noise: 1, start: 1 }
optimizer: { kind: sgd, learning_rate: 0.1 }
steps: 100000000
`

interface Bridge {
  call(
    name: string,
    request: object,
  ): Promise<{ ok: boolean; result: never; error?: { code: string; message: string } }>
}

/** Calls the engine from within the page, as its views do. */
async function call<Result>(page: Page, name: string, request: object): Promise<Result> {
  const outcome = await page.evaluate(
    (message) => (Reflect.get(globalThis, 'ergoscope') as Bridge).call(message.name, message.request),
    { name, request },
  )
  if (!outcome.ok) throw new Error(`${outcome.error?.code}: ${outcome.error?.message}`)
  return outcome.result
}

function importTrace(page: Page, folders: TestFolders, name: string): Promise<{ run: { id: string } }> {
  return call(page, 'imports.run', { workspace: folders.workspace, path: trace, name, roles: { loss: ['loss'] } })
}

/** Process id of the engine behind a window; 0 while there is none. */
async function enginePid(app: ElectronApplication): Promise<number> {
  const mainPid = await app.evaluate(() => process.pid)
  return processTree(mainPid).find((candidate) => commandLine(candidate).includes(join('src-engine', 'host'))) ?? 0
}

test('kill -9 of the engine under an open window, 3 times: told in one line, started again, views refresh, nothing is lost', async ({
  app,
  page,
  folders,
}) => {
  await importTrace(page, folders, 'before all kills')
  await expect(page.getByText('before all kills').first()).toBeVisible()
  for (let round = 1; round <= 3; round++) {
    const pid = await enginePid(app)
    process.kill(pid, 'SIGKILL')
    // The foot of the window says it too, but only until the next engine is there.
    const told = page.locator('.ui-toast').filter({ hasText: 'The engine stopped (SIGKILL) and is started again' })
    await expect(told).toBeVisible()
    await told.getByRole('button', { name: 'Close' }).click()
    await expect(told).toHaveCount(0)
    await expect.poll(async () => [0, pid].includes(await enginePid(app)), { timeout: 20_000 }).toBe(false)
    await expect(page.getByText('Engine ready')).toBeVisible({ timeout: 20_000 })
    await importTrace(page, folders, `after kill ${round}`)
    await expect(page.getByText(`after kill ${round}`).first()).toBeVisible()
  }
  await expect(page.getByText('before all kills').first()).toBeVisible()
})

test('kill -9 of the window and its engine: the training goes on, and the next window shows it live', async () => {
  const folders = makeTestFolders()
  const app = await launchApp({ folders, args: [folders.workspace] })
  const page = await app.firstWindow()
  await expect(page.getByText('Engine ready')).toBeVisible({ timeout: 20_000 })
  const { runs } = await call<{ runs: { id: string }[] }>(page, 'training.start', {
    workspace: folders.workspace,
    yaml: longRecipe,
  })
  const runId = runs[0]?.id ?? ''
  const steps = async (window: Page): Promise<number> =>
    (await call<{ run: { steps: number } }>(window, 'runs.get', { workspace: folders.workspace, runId })).run.steps
  const stepsBefore = await steps(page)

  const mainPid = await app.evaluate(() => process.pid)
  const engine = await enginePid(app)
  for (const pid of [mainPid, engine]) process.kill(pid, 'SIGKILL')

  const next = await launchApp({ folders, args: [folders.workspace] })
  const window = await next.firstWindow()
  await expect(window.getByText('Engine ready')).toBeVisible({ timeout: 20_000 })
  const { run } = await call<{ run: { status: string; steps: number } }>(window, 'runs.get', {
    workspace: folders.workspace,
    runId,
  })
  expect(run.status).toBe('running')
  expect(run.steps).toBeGreaterThan(stepsBefore)
  await expect.poll(() => steps(window)).toBeGreaterThan(run.steps)
  await call(window, 'training.control', { workspace: folders.workspace, runId, action: 'stop' })
  await expect
    .poll(
      async () =>
        (await call<{ run: { status: string } }>(window, 'runs.get', { workspace: folders.workspace, runId })).run
          .status,
      { timeout: 20_000 },
    )
    .toBe('stopped')
  await next.close()
  removeTestFolders(folders)
})

test('two windows on one workspace: what one imports, the other shows', async ({ page, folders }) => {
  const second = makeTestFolders()
  const other = await launchApp({ folders: second, args: [folders.workspace] })
  const otherPage = await other.firstWindow()
  await expect(otherPage.getByText('Engine ready')).toBeVisible({ timeout: 20_000 })
  await importTrace(page, folders, 'from the first')
  await expect(otherPage.getByText('from the first').first()).toBeVisible()
  await importTrace(otherPage, folders, 'from the second')
  await expect(page.getByText('from the second').first()).toBeVisible()
  await other.close()
  removeTestFolders(second)
})

test('a second start goes to the running window and opens what it names', async ({ app, page, folders }) => {
  const otherWorkspace = makeTestFolders()
  await startAgain(app, folders, otherWorkspace.workspace)
  await expect
    .poll(
      async () =>
        (await call<{ recentWorkspaces: { path: string }[] }>(page, 'settings.read', {})).recentWorkspaces[0]?.path,
    )
    .toBe(otherWorkspace.workspace)
  expect(app.windows()).toHaveLength(1)
  removeTestFolders(otherWorkspace)
})

test('an engine that is stopped is noticed, and started again when the user wants it', async ({
  app,
  page,
  folders,
}) => {
  await importTrace(page, folders, 'before the stop')
  const pid = await enginePid(app)
  process.kill(pid, 'SIGSTOP')
  await expect(page.getByText(/The engine has not answered for 15 s/).first()).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Restart the engine' }).click()
  await expect(page.getByText('Engine ready')).toBeVisible({ timeout: 20_000 })
  expect([0, pid]).not.toContain(await enginePid(app))
  await importTrace(page, folders, 'after the stop')
  await expect(page.getByText('after the stop').first()).toBeVisible()
})

test('a page whose process is killed comes back with its workspace', async ({ app, page, folders }) => {
  await importTrace(page, folders, 'before the crash')
  await expect(page.getByText('before the crash').first()).toBeVisible()
  const hasComeBack = app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    return new Promise<void>((resolve) => contents?.once('did-finish-load', () => resolve()))
  })
  const renderer = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  )
  process.kill(Number(renderer), 'SIGKILL')
  await hasComeBack
  // Playwright gives a crashed page up for good: main looks in its place.
  const text = (): Promise<string> =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText'),
    )
  await expect.poll(text, { timeout: 20_000 }).toContain('before the crash')
})

test('a read-only folder can be looked at, and training there is refused in one line', async ({ page, folders }) => {
  test.skip(process.getuid?.() === 0, 'root writes everywhere; the engine tests cover it on a read-only mount')
  execFileSync('chmod', ['a-w', folders.workspace])
  const refusal = call(page, 'training.start', { workspace: folders.workspace, yaml: longRecipe })
  await expect(refusal).rejects.toThrow(/^Error: read-only: [^\n]+$/)
})
