import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { checkout } from './fixtures/checkout.ts'
import { test } from './fixtures/electronApp.ts'

const trace = join(checkout, 'test', 'fixtures', 'reference', 'q3b_doublewell_mixing.csv')

test('the report of several runs folds each run on a screen, opens it by click or link, prints it, and asks for nothing', async ({
  app,
  page,
  folders,
}) => {
  await expect(page.getByRole('banner')).toBeVisible()
  const report = join(folders.root, 'seeds.html')
  const ergoscope = (...args: string[]) =>
    execFileSync(process.execPath, [
      join(checkout, 'src-engine', 'cli', 'main.ts'),
      ...['--workspace', join(folders.root, 'seeds')],
      ...args,
    ])
  for (const seed of ['seed0', 'seed1'])
    ergoscope('import', trace, '--name', seed, '--role', `weights=${seed}`, '--config', 'learning_rate=0.1')
  ergoscope('diagnose', 'seed0', 'seed1', '--report', report)

  const seen = await app.evaluate(async ({ BrowserWindow }, path) => {
    const window = new BrowserWindow({ show: false, webPreferences: { partition: 'report' } })
    const { webContents } = window
    const requests: string[] = []
    webContents.session.webRequest.onBeforeRequest(({ url }, answer) => {
      requests.push(url)
      answer({})
    })
    await window.loadFile(path)
    const shown = async (): Promise<boolean[]> =>
      webContents.executeJavaScript(
        `['#run1 figure', '#run2 figure', '#readings article'].map((each) => document.querySelector(each).offsetHeight > 0)`,
      )
    const height = await webContents.executeJavaScript('document.documentElement.scrollHeight')
    const folded = await shown()
    await webContents.executeJavaScript(`document.querySelector('#run1 summary').click()`)
    const clicked = await shown()
    await webContents.executeJavaScript(`location.hash = document.querySelector('#run2 figure').id`)
    const linked = await shown()
    webContents.debugger.attach()
    await webContents.debugger.sendCommand('Emulation.setEmulatedMedia', { media: 'print' })
    const printed = await shown()
    window.destroy()
    return { requests, height, folded, clicked, linked, printed }
  }, report)

  expect(seen.requests.filter((url) => !/^(file|data):/.test(url))).toEqual([])
  expect(seen.requests.filter((url) => url.startsWith('file:'))).toHaveLength(1)
  expect(seen.height).toBeLessThan(6000)
  expect([seen.folded, seen.clicked, seen.linked, seen.printed]).toEqual([
    [false, false, false],
    [true, false, false],
    [true, true, false],
    [true, true, true],
  ])
})
