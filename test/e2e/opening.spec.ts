import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { checkout } from './fixtures/checkout.ts'
import { expect, test } from './fixtures/electronApp.ts'
import { startAgain } from './fixtures/secondStart.ts'

// The ways into the running window: a second start, a link, something that is dropped.

const trace = join(checkout, 'test', 'fixtures', 'reference', 'q1_sgd_quadratic_1d.csv')

const isOpen = (page: Page): Promise<void> =>
  expect(page.getByText('No runs in this folder yet')).toBeVisible({ timeout: 20_000 })

/** Drops files of this machine on the middle of the window, as a file manager does. */
async function drop(page: Page, ...files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files, dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 500, y: 400, data })
  await session.detach()
}

test('a link shows its page in the running window, which comes back from the task bar', async ({
  app,
  page,
  folders,
}) => {
  await isOpen(page)
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
  await startAgain(app, folders, 'ergoscope://open?route=settings%3Ftab%3Dmargins')
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await expect(page.getByRole('tab', { name: 'Margins', selected: true })).toBeVisible()
  const looks = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => ({
      isVisible: window.isVisible(),
      isMinimized: window.isMinimized(),
    })),
  )
  expect(looks).toEqual([{ isVisible: true, isMinimized: false }])
})

test('links and paths that lead nowhere are told in one line, and the window stays where it is', async ({
  app,
  page,
  folders,
}) => {
  await isOpen(page)
  for (const [argument, line] of [
    ['ergoscope://delete?workspace=/', /^This link cannot be opened: ergoscope:\/\/delete/],
    ['ergoscope://open?workspace=/tmp&importPath=/etc/passwd', /^This link cannot be opened/],
    ['ergoscope://open?workspace=/no/such/folder', /\/no\/such\/folder does not exist$/],
    ['ergoscope://open?route=nowhere', /^No such page: nowhere$/],
    [join(folders.root, 'nowhere'), /nowhere does not exist$/],
    [join(checkout, 'package.json'), /package\.json is not a folder: a workspace is a folder of runs$/],
  ] as const) {
    await startAgain(app, folders, argument)
    await expect(page.getByText(line).first()).toBeVisible()
    await isOpen(page)
  }
})

test('a second start with a table opens Import with it', async ({ app, page, folders }) => {
  await isOpen(page)
  await startAgain(app, folders, trace)
  await expect(page.getByText(/Found CSV/)).toBeVisible()
})

test('a folder that is dropped is opened', async ({ page, folders }) => {
  await isOpen(page)
  const other = join(folders.root, 'other-workspace')
  mkdirSync(other)
  await drop(page, other)
  await expect(page.getByText(/^other-workspace · 0/)).toBeVisible()
})

test('a table that is dropped is imported, wherever the window is; a second one takes its place', async ({
  page,
  folders,
}) => {
  await isOpen(page)
  await drop(page, trace)
  await expect(page.getByText(/Found CSV/)).toBeVisible()
  await expect(page.getByText(trace)).toBeVisible()
  const other = join(folders.root, 'other.csv')
  writeFileSync(other, 'step,loss\n0,1\n1,0.5\n2,0.25\n')
  await drop(page, other)
  await expect(page.getByText(/Found CSV: 3\srows/)).toBeVisible()
})

test('anything else that is dropped is explained', async ({ page, folders }) => {
  await isOpen(page)
  const picture = join(folders.root, 'picture.png')
  writeFileSync(picture, '')
  await drop(page, picture)
  await expect(page.getByText(/^picture\.png cannot be opened: drop a folder of runs, or a table/)).toBeVisible()
  await drop(page, trace, picture)
  await expect(page.getByText(/^2 things were dropped: drop one folder or one table at a time$/)).toBeVisible()
  await isOpen(page)
})
