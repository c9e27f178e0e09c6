import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { checkout } from './fixtures/checkout.ts'
import { drawnPixels } from './fixtures/drawnPixels.ts'
import { answerFileDialog, answerSaveDialog, expect, test } from './fixtures/quietApp.ts'

// What a user does, from the first press to the answer, with the real engine and real training.

const traces = join(checkout, 'test', 'fixtures', 'reference')

const engineReady = (page: Page): Promise<void> =>
  expect(page.getByText('Engine ready')).toBeVisible({ timeout: 20_000 })

/** The workspace that the application was started with is open: from then on no page is left by itself. */
const emptyWorkspace = (page: Page): Promise<void> =>
  expect(page.getByText('No runs in this folder yet')).toBeVisible({ timeout: 20_000 })

const claim = (page: Page): ReturnType<Page['getByRole']> => page.getByRole('heading', { level: 1 })

/** Imports a table through the form. The roles that the columns' names suggest are replaced by these. */
async function importTable(
  page: Page,
  roles: Readonly<Record<string, string | RegExp>>,
  learningRate: string,
): Promise<void> {
  await page.getByRole('button', { name: /Drop a CSV file here/ }).click()
  for (const [column, role] of Object.entries(roles)) {
    await page.getByRole('combobox', { name: `What ${column} is` }).click()
    await page.getByRole('option', { name: role, exact: true }).click()
  }
  await page.getByLabel('Learning rate').fill(learningRate)
  await page.getByRole('button', { name: /^Import \d/ }).click()
}

test.describe('without a workspace', () => {
  test.use({ startArguments: [] })

  test('a first run: chosen, trained, seen live, listed, compared, diagnosed', async ({ page }) => {
    test.setTimeout(90_000)
    await engineReady(page)
    await expect(page.getByText('Workspaces that you open are listed here.')).toBeVisible()

    await page.getByRole('banner').getByRole('button', { name: 'New run' }).click()
    await page.getByRole('complementary', { name: 'Recipes' }).getByText('quadratic-sgd', { exact: true }).click()
    const yaml = page.getByRole('textbox', { name: 'Recipe as YAML' })
    await expect(yaml).toHaveValue(/kind: quadratic/)
    // Long enough to be seen while it trains.
    await yaml.fill((await yaml.inputValue()).replace('steps: 8000', 'steps: 24000'))
    await page.getByRole('button', { name: 'Start', exact: true }).click()

    await expect(page.getByRole('heading', { name: 'quadratic-sgd' })).toBeVisible({ timeout: 20_000 })
    await expect(page.getByRole('progressbar')).toBeVisible()
    await expect(page.getByText('Finished', { exact: true })).toBeVisible({ timeout: 40_000 })
    await expect(page.getByRole('definition').filter({ hasText: /^24\s000 of 24\s000$/ })).toBeVisible()
    await expect(page.getByText('Invariant measure', { exact: true })).toBeVisible({ timeout: 20_000 })

    await page.keyboard.press('g')
    await page.keyboard.press('r')
    const row = page.getByRole('grid', { name: 'Runs' }).locator('.run')
    await expect(row).toHaveAttribute('aria-selected', 'true')
    await expect(row.getByText('Invariant measure')).toBeVisible()

    await page.getByRole('button', { name: /^Compare \d/ }).click()
    const charts = page.locator('.echart')
    await expect(charts.first()).toBeVisible()
    await expect.poll(() => drawnPixels(charts.first(), '--run-1')).toBeGreaterThan(100)

    await page.getByRole('button', { name: /^Diagnose \d/ }).click()
    await expect(claim(page)).toContainText('settled', { timeout: 20_000 })
    await expect(page.getByRole('list', { name: 'Chain of evidence' }).getByRole('listitem').first()).toBeVisible()
  })

  test('the demo starts two runs, which are seen live and can be stopped after a checkpoint', async ({ page }) => {
    test.setTimeout(120_000)
    await engineReady(page)
    await page.getByRole('button', { name: /Train the demo/ }).click()
    await expect(page.getByRole('button', { name: 'Stop after checkpoint' })).toBeVisible({ timeout: 30_000 })
    await expect(page.getByText(/2\sruns, 2\srunning/)).toBeVisible({ timeout: 30_000 })
    const chart = page.locator('.echart').first()
    await expect.poll(() => drawnPixels(chart, '--run-1'), { timeout: 60_000 }).toBeGreaterThan(20)

    await page.keyboard.press('g')
    await page.keyboard.press('r')
    const rows = page.getByRole('grid', { name: 'Runs' }).locator('.run')
    await expect(rows).toHaveCount(2)
    for (const index of [0, 1]) {
      await rows.nth(index).dblclick()
      await page.getByRole('button', { name: 'Stop after checkpoint' }).click()
      await expect(page.getByText('Stopped', { exact: true })).toBeVisible({ timeout: 40_000 })
      await page.getByRole('button', { name: /^Runs \d/ }).click()
    }
    await expect(page.getByText(/2\sruns, none\srunning/)).toBeVisible()
  })
})

test('a table with roles is imported, found to be a limit cycle, and reported in a file', async ({
  app,
  page,
  folders,
}) => {
  await emptyWorkspace(page)
  await answerFileDialog(app, join(traces, 'q6_limit_cycle.csv'))
  await page.getByRole('banner').getByRole('button', { name: 'Import' }).click()
  await importTable(
    page,
    {
      theta: 'Component of the weights',
      loss: 'Loss',
      full_grad: 'Component of the gradient',
      hessian: /^Sharpness 𝜆/,
    },
    '1.1',
  )
  await expect(page.getByRole('heading', { name: 'q6_limit_cycle' })).toBeVisible()
  await expect(
    page.getByText('Imported', { exact: true }).or(page.getByText('Finished', { exact: true })),
  ).toBeVisible()
  await page
    .getByRole('button', { name: /^Diagnose/ })
    .last()
    .click()
  await expect(page.getByText('Limit cycle', { exact: true }).first()).toBeVisible({ timeout: 20_000 })
  await expect(claim(page)).toContainText('settled on a limit cycle')

  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 900))
  const openAll = page.getByText('open all', { exact: true })
  while ((await openAll.count()) > 0) await openAll.first().click()
  const drawn = page.locator('.chart-panel .drawn')
  await expect(drawn.getByText('10 windows of').last()).toBeVisible()
  await page.mouse.move(0, 0)
  // Beside whatever definition: what was drawn is told whole.
  await expect
    .poll(() =>
      drawn.evaluateAll((texts) =>
        texts.filter((text) => text.scrollWidth > text.clientWidth).map((text) => text.textContent),
      ),
    )
    .toEqual([])

  const report = join(folders.root, 'cycle.html')
  await answerSaveDialog(app, report)
  await page.getByRole('button', { name: 'Report', exact: true }).click()
  await expect(page.getByText(`Wrote the report to ${report}`, { exact: true })).toBeVisible({ timeout: 20_000 })
  expect(readFileSync(report, 'utf8')).toContain((await claim(page).textContent()) ?? 'a claim')
})

test('a table that cannot be read says why, and another can be chosen', async ({ app, page, folders }) => {
  await emptyWorkspace(page)
  const path = join(folders.root, 'empty.csv')
  writeFileSync(path, '')
  await answerFileDialog(app, path)
  await page.getByRole('banner').getByRole('button', { name: 'Import' }).click()
  await page.getByRole('button', { name: /Drop a CSV file here/ }).click()
  await expect(page.getByRole('alert')).toContainText('empty.csv could not be read')
  await answerFileDialog(app, join(traces, 'q5_diverges.csv'))
  await page.getByRole('button', { name: /empty\.csv/ }).click()
  await expect(page.getByText(/Found CSV: 300\srows/)).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('the palette and the keys go where they say', async ({ page }) => {
  await emptyWorkspace(page)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill('new run')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Recipe as YAML' })).toBeVisible()

  await page.getByRole('textbox', { name: 'Recipe as YAML' }).press('Control+k')
  await page.keyboard.type('settings')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: 'Doctor' })).toBeVisible()

  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await expect(page.getByText('No runs in this folder yet')).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await expect(page.getByText('No run is selected')).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys of this page' })).toContainText('G then R')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('a bad recipe names its problem at the key, and cannot be started', async ({ page }) => {
  await emptyWorkspace(page)
  await page.getByRole('banner').getByRole('button', { name: 'New run' }).click()
  await page.getByRole('complementary', { name: 'Recipes' }).getByText('quadratic-sgd', { exact: true }).click()
  const start = page.getByRole('button', { name: 'Start', exact: true })
  await expect(start).toBeEnabled()

  const learningRate = page.getByRole('region', { name: 'Form' }).getByLabel('Learning rate', { exact: true }).first()
  await learningRate.fill('-0.1')
  await expect(page.getByRole('region', { name: 'Form' }).getByRole('alert')).toContainText('learning_rate')
  await expect(start).toBeDisabled()
  await learningRate.fill('0.05')
  await expect(page.getByRole('textbox', { name: 'Recipe as YAML' })).toHaveValue(/learning_rate: 0\.05/)
  await expect(start).toBeEnabled()

  const yaml = page.getByRole('textbox', { name: 'Recipe as YAML' })
  await yaml.fill((await yaml.inputValue()).replace('steps: 8000', 'stepz: 8000'))
  await expect(page.getByRole('region', { name: 'YAML' }).getByRole('alert')).toContainText('stepz')
  await expect(start).toBeDisabled()
  await yaml.fill('name: [')
  await expect(page.getByRole('region', { name: 'YAML' }).getByRole('alert')).toContainText('Line 1')
  await expect(start).toBeDisabled()
})

test('a run file that cannot be read is told in one line, the others are shown', async ({ app, page, folders }) => {
  await emptyWorkspace(page)
  await answerFileDialog(app, join(traces, 'q1_sgd_quadratic_1d.csv'))
  await page.getByRole('banner').getByRole('button', { name: 'Import' }).click()
  await importTable(page, { loss: 'Loss' }, '0.1')
  await expect(page.getByRole('heading', { name: 'q1_sgd_quadratic_1d' })).toBeVisible()

  mkdirSync(join(folders.workspace, 'broken'))
  writeFileSync(join(folders.workspace, 'broken', 'run.sqlite'), 'this is no database\n'.repeat(40))
  await page.getByRole('button', { name: /^Runs \d/ }).click()
  const line = page.getByRole('status').filter({ hasText: 'is not a run file' })
  await expect(line).toBeVisible()
  await expect(page.getByRole('grid', { name: 'Runs' }).getByText('q1_sgd_quadratic_1d')).toBeVisible()
  await line.getByRole('button', { name: 'Details' }).click()
  await expect(page.getByRole('dialog')).toContainText(join(folders.workspace, 'broken'))
})

test('a link shows the panels and the axis that it names', async ({ app, page }) => {
  await emptyWorkspace(page)
  await answerFileDialog(app, join(traces, 'q1_sgd_quadratic_1d.csv'))
  await page.getByRole('banner').getByRole('button', { name: 'Import' }).click()
  await importTable(page, { loss: 'Loss' }, '0.1')
  await expect(page.getByRole('heading', { name: 'q1_sgd_quadratic_1d' })).toBeVisible()
  await page.evaluate(() => {
    location.hash = '#/compare?panels=loss&log=x&logy=loss'
  })
  await expect(page.locator('.echart')).toHaveCount(1)
  await expect.poll(() => drawnPixels(page.locator('.echart'), '--run-1')).toBeGreaterThan(100)
  await expect(page).toHaveURL(/panels=loss&log=x/)
})

test('by keyboard alone: filter, select, peek, compare, diagnose', async ({ app, page }) => {
  await emptyWorkspace(page)
  await answerFileDialog(app, join(traces, 'q4a_gd_converges.csv'))
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  await importTable(page, {}, '0.1')
  await expect(page.getByRole('heading', { name: 'q4a_gd_converges' })).toBeVisible()

  for (const key of ['g', 'r', '/']) await page.keyboard.press(key)
  await expect(page.getByRole('textbox', { name: 'Filter the runs' })).toBeFocused()
  await page.keyboard.type('no-such-run')
  await expect(page.getByText('No run matches the filter.')).toBeVisible()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('q4a')
  await page.keyboard.press('Escape')
  const row = page.getByRole('grid', { name: 'Runs' }).locator('.run')
  await expect(row).toHaveCount(1)

  await page.keyboard.press('j')
  await expect(row).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('x')
  await expect(row).toHaveAttribute('aria-selected', 'false')
  await page.keyboard.press('Space')
  await expect(page.getByRole('complementary', { name: /^Run q4a/ })).toBeHidden()
  await page.keyboard.press('c')
  await expect(page.locator('.echart').first()).toBeVisible()
  for (const key of ['g', 'd']) await page.keyboard.press(key)
  await expect(claim(page)).toBeVisible({ timeout: 20_000 })
})
