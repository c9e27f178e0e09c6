import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type ElectronApplication, type Page } from '@playwright/test'
import { contentSecurityPolicy } from '../../src-main/security/contentSecurityPolicy.ts'
import { checkout } from './fixtures/checkout.ts'
import { launchApp } from './fixtures/launchApp.ts'
import { becomeOrdinaryUser, type OrdinaryUser } from './fixtures/ordinaryUser.ts'
import { commandLine, listeningAddresses, namespaceOf, processTree, statusField } from './fixtures/processTree.ts'
import { makeTestFolders, removeTestFolders, type TestFolders } from './fixtures/testFolders.ts'

// Electron's security checklist, item by item, on the built application with its real sandbox, as an ordinary user.

let folders: TestFolders
let user: OrdinaryUser
let app: ElectronApplication
let page: Page

test.beforeAll(async () => {
  folders = makeTestFolders()
  user = becomeOrdinaryUser(folders)
  app = await launchApp({
    folders,
    args: [folders.workspace],
    executable: user.executable,
    environment: user.environment,
    hasSandbox: true,
  })
  page = await app.firstWindow()
  await page.waitForLoadState('load')
})

test.afterAll(async () => {
  await app.close()
  user.remove()
  removeTestFolders(folders)
})

/** Puts an element into the page as an attacker's markup would, and gives what the page's own policy did: `page.evaluate` itself is exempt from it. */
function violationsOf(markup: { tag: string; attributes?: Record<string, string>; text?: string }): Promise<string[]> {
  return page.evaluate(async ({ tag, attributes = {}, text = '' }) => {
    const violations: string[] = []
    const { promise: first, resolve } = Promise.withResolvers<void>()
    const onViolation = (event: SecurityPolicyViolationEvent): void => {
      violations.push(event.effectiveDirective)
      resolve()
    }
    document.addEventListener('securitypolicyviolation', onViolation)
    const element = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
    element.textContent = text
    document.body.append(element)
    element.click()
    // However busy the machine is, the first one comes; others would follow it closely.
    await Promise.race([first, new Promise((giveUp) => setTimeout(giveUp, 10_000))])
    await new Promise((later) => setTimeout(later, 100))
    element.remove()
    document.removeEventListener('securitypolicyviolation', onViolation)
    return violations
  }, markup)
}

test('the page is our own, from the own protocol', async () => {
  expect(page.url()).toMatch(/^app:\/\/ergoscope\/index\.html/)
  expect(await page.evaluate(() => [location.origin, isSecureContext])).toEqual(['app://ergoscope', true])
})

test('sandbox and context isolation are on, everything that weakens the page is off', async () => {
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0]
    // Not in Electron's types, but the only way to read what is really in force.
    const contents = window?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
    return contents.getLastWebPreferences()
  })
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
  })
  expect(preferences['nodeIntegrationInWorker'] ?? false).toBe(false)
  expect(preferences['experimentalFeatures'] ?? false).toBe(false)
  expect(preferences['enableBlinkFeatures'] ?? '').toBe('')
})

test('the process of the page really is confined by the kernel', async () => {
  test.skip(process.platform !== 'linux', 'the kernel is asked through /proc')
  const mainPid = await app.evaluate(() => process.pid)
  const renderers = processTree(mainPid).filter((pid) => commandLine(pid).includes('--type=renderer'))
  expect(renderers.length).toBeGreaterThan(0)
  for (const pid of renderers) {
    expect(statusField(pid, 'Seccomp')).toBe('2')
    expect(statusField(pid, 'NoNewPrivs')).toBe('1')
    expect(namespaceOf(pid, 'user')).not.toBe(namespaceOf(mainPid, 'user'))
    expect(statusField(pid, 'Uid')?.split(/\s+/)[0]).not.toBe('0')
  }
})

test('no Node in the page', async () => {
  const types = await page.evaluate(() =>
    ['require', 'process', 'module', 'exports', 'Buffer', 'global', 'setImmediate', '__dirname'].filter(
      (name) => name in globalThis,
    ),
  )
  expect(types).toEqual([])
})

test('the bridge holds functions only, none of them of ipcRenderer', async () => {
  const members = await page.evaluate(() => {
    const bridge = Reflect.get(globalThis, 'ergoscope') as Record<string, unknown> // The bridge under test.
    const { shell, ...functions } = bridge
    return {
      functions: Object.keys(functions).toSorted(),
      types: Object.values(functions).map((member) => typeof member),
      shell: Object.keys(Object(shell)).toSorted(),
    }
  })
  expect(members.functions).toEqual(['call', 'cancel', 'onCommand', 'onEngineState', 'onOpenTarget', 'subscribe'])
  expect(new Set(members.types)).toEqual(new Set(['function']))
  expect(members.shell).toEqual([
    'chooseFiles',
    'chooseFolder',
    'chooseSavePath',
    'copyText',
    'defaultWorkspacePath',
    'openDropped',
    'openExternal',
    'restartEngine',
    'saveFile',
    'setTheme',
    'showInFolder',
  ])
  const afterTampering = await page.evaluate(async () => {
    const bridge = Reflect.get(globalThis, 'ergoscope') as {
      call(name: string, request: object): Promise<{ ok: boolean }>
    }
    Reflect.set(bridge, 'call', () => 'tampered')
    Reflect.set(Array.prototype, 'some', () => true)
    return (await bridge.call('no.such.method', {})).ok
  })
  expect(afterTampering).toBe(false)
  await page.reload()
})

test('names outside the contract are refused, whatever they are', async () => {
  const outcomes = await page.evaluate(async () => {
    const bridge = Reflect.get(globalThis, 'ergoscope') as {
      call(name: unknown, request: unknown): Promise<{ ok: boolean; error?: { code: string } }>
    }
    const names = ['no.such', '__proto__', 'constructor', 'toString', '', 7, null, ['runs.list']]
    return Promise.all(names.map(async (name) => (await bridge.call(name, {})).error?.code))
  })
  expect(new Set(outcomes)).toEqual(new Set(['bad-request']))
})

test('every answer of the protocol carries the strict policy', async () => {
  const headers = await page.evaluate(async () => {
    const script = document.querySelector('script[src]')?.getAttribute('src') ?? ''
    const answers = await Promise.all(['/index.html', script, '/no-such-file.js'].map((path) => fetch(path)))
    return answers.map((answer) => [
      answer.headers.get('content-security-policy'),
      answer.headers.get('x-content-type-options'),
    ])
  })
  for (const [policy, sniffing] of headers) {
    expect(policy).toBe(contentSecurityPolicy)
    expect(sniffing).toBe('nosniff')
  }
  expect(contentSecurityPolicy).not.toMatch(/unsafe|\*/)
})

test('the policy stops what markup could bring along', async () => {
  expect(await violationsOf({ tag: 'script', text: 'window.injected = 1' })).toEqual(['script-src-elem'])
  expect(await violationsOf({ tag: 'script', attributes: { src: 'data:text/javascript,window.injected=1' } })).toEqual([
    'script-src-elem',
  ])
  expect(await violationsOf({ tag: 'script', attributes: { src: 'https://example.org/x.js' } })).toEqual([
    'script-src-elem',
  ])
  expect(await violationsOf({ tag: 'button', attributes: { onclick: 'window.injected = 1' } })).toEqual([
    'script-src-attr',
  ])
  expect(await violationsOf({ tag: 'a', attributes: { href: 'javascript:window.injected=1' } })).toContain(
    'script-src-elem',
  )
  expect(await violationsOf({ tag: 'style', text: 'body { display: none }' })).toEqual(['style-src-elem'])
  expect(await violationsOf({ tag: 'p', attributes: { style: 'color: red' } })).toEqual(['style-src-attr'])
  expect(await violationsOf({ tag: 'iframe', attributes: { src: 'https://example.org/' } })).toEqual(['frame-src'])
  expect(await violationsOf({ tag: 'img', attributes: { src: 'https://example.org/pixel.png' } })).toEqual(['img-src'])
  expect(await violationsOf({ tag: 'object', attributes: { data: 'https://example.org/x.swf' } })).toEqual([
    'object-src',
  ])
  expect(await page.evaluate(() => 'injected' in globalThis)).toBe(false)
})

test('the page reaches no other host', async () => {
  const outcome = await page.evaluate(() =>
    fetch('https://example.org/').then(
      () => 'reached',
      () => 'refused',
    ),
  )
  expect(outcome).toBe('refused')
})

test('the protocol gives nothing outside the built page', async () => {
  const statuses = await page.evaluate(async () => {
    const addresses = [
      'app://ergoscope/../main/index.js',
      'app://ergoscope/..%2fmain%2findex.js',
      'app://ergoscope/%2e%2e%2f%2e%2e%2fpackage.json',
      'app://ergoscope/assets/..%2f..%2f..%2fpackage.json',
      'app://ergoscope/..%5c..%5cpackage.json',
      'app://ergoscope/%2fetc%2fpasswd',
      'app://other/index.html',
      'file:///etc/passwd',
    ]
    return Promise.all(
      addresses.map((address) =>
        fetch(address).then(
          (answer) => answer.status,
          () => 'refused',
        ),
      ),
    )
  })
  for (const status of statuses) expect([404, 'refused']).toContain(status)
})

test('navigation away is denied', async () => {
  const before = page.url()
  for (const address of [
    'https://example.org/',
    'file:///etc/passwd',
    'data:text/html,<h1>x</h1>',
    'app://other/index.html',
  ]) {
    await page.evaluate((target) => void (location.href = target), address)
    await page.waitForTimeout(200)
    expect(page.url()).toBe(before)
  }
  await page.evaluate(() => void (location.href = 'about:blank'))
  await expect.poll(() => page.url()).toMatch(/^app:\/\/ergoscope\/index\.html/)
  await expect(page.locator('#app')).toBeVisible()
})

test('new windows are denied; only a https link is handed to the browser', async () => {
  await app.evaluate(({ shell }) => {
    Reflect.set(globalThis, 'openedAddresses', [])
    shell.openExternal = (address) =>
      Promise.resolve(void (Reflect.get(globalThis, 'openedAddresses') as string[]).push(address))
  })
  const handles = await page.evaluate(() =>
    [
      'https://example.org/paper',
      'http://example.org/',
      'file:///etc/passwd',
      'javascript:1',
      'app://ergoscope/index.html',
      '',
    ].map((address) => window.open(address) === null),
  )
  expect(handles).toEqual([true, true, true, true, true, true])
  const refusals = await page.evaluate(async () => {
    const { shell } = Reflect.get(globalThis, 'ergoscope') as {
      shell: { openExternal(address: string): Promise<void> }
    }
    const tryToOpen = (address: string): Promise<string> =>
      shell.openExternal(address).then(
        () => 'opened',
        (error: unknown) => String(error),
      )
    return Promise.all(
      ['https://example.org/other', 'http://example.org/', 'file:///etc/passwd', 'https://a@b.example/'].map(tryToOpen),
    )
  })
  expect(refusals[0]).toBe('opened')
  for (const refusal of refusals.slice(1)) expect(refusal).toContain('Only https addresses are opened')
  expect(await app.evaluate(() => Reflect.get(globalThis, 'openedAddresses'))).toEqual([
    'https://example.org/paper',
    'https://example.org/other',
  ])
  expect(app.windows()).toHaveLength(1)
})

test('no permission is granted', async () => {
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'] as PermissionName[] // Some are missing in the types.
    const queried = await Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state))
    const media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'granted',
      () => 'denied',
    )
    const clipboard = await navigator.clipboard.readText().then(
      () => 'granted',
      () => 'denied',
    )
    return [...queried, await Notification.requestPermission(), media, clipboard]
  })
  expect(new Set(states)).toEqual(new Set(['denied']))
})

test('a message from another page is refused, even with the own preload', async () => {
  const outcome = await app.evaluate(
    async ({ BrowserWindow }, preload) => {
      const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
      await stranger.loadURL('data:text/html,stranger')
      const answer: unknown = await stranger.webContents.executeJavaScript(`ergoscope.call('settings.read', {})`)
      stranger.destroy()
      return answer
    },
    join(checkout, 'out', 'preload', 'preload.cjs'),
  )
  expect(outcome).toMatchObject({ ok: false, error: { code: 'forbidden' } })
})

test('no string of a run is parsed as markup', async () => {
  const csv = join(folders.root, 'trace.csv')
  const rows = Array.from({ length: 200 }, (_, step) => `${step},${1 / (step + 1)},${step}`)
  writeFileSync(csv, `step,loss,<img src=x onerror=window.injected=1>\n${rows.join('\n')}\n`)
  const runId = await page.evaluate(
    async ({ workspace, path }) => {
      const bridge = Reflect.get(globalThis, 'ergoscope') as {
        call(name: string, request: object): Promise<{ result: { run: { id: string } } }>
      }
      const config = { learning_rate: 0.1, '<u>key</u>': '<script>window.injected=1</script>' }
      return (
        await bridge.call('imports.run', { workspace, path, name: '<b>bold</b>', roles: { loss: ['loss'] }, config })
      ).result.run.id
    },
    { workspace: folders.workspace, path: csv },
  )
  // The page was loaded anew by the tests before this one: it goes to the workspace again.
  await app.evaluate(
    ({ BrowserWindow }, target) => {
      BrowserWindow.getAllWindows()[0]?.webContents.send('ergoscope:open-target', target)
    },
    { workspacePath: folders.workspace, route: 'runs', startDemo: false },
  )
  for (const route of ['runs', `run/${runId}`, `compare?runs=${runId}`, `diagnose?runs=${runId}`]) {
    await page.evaluate((hash) => void (location.hash = hash), `/${route}`)
    await page.waitForTimeout(1500)
    const parsed = await page.evaluate(() => {
      const elements = [...document.querySelectorAll('img, b, u, script')]
      return elements
        .filter(
          (element) => element.tagName === 'IMG' || ['bold', 'key', 'window.injected=1'].includes(element.textContent),
        )
        .map((element) => element.outerHTML)
    })
    expect(parsed).toEqual([])
  }
  await page.evaluate(() => void (location.hash = '/runs'))
  await expect(page.getByText('<b>bold</b>').first()).toBeVisible()
  expect(await page.evaluate(() => 'injected' in globalThis)).toBe(false)
})

test('no page breaks the policy by itself', async () => {
  await page.addInitScript(() => {
    const violations: string[] = []
    Reflect.set(globalThis, 'ownViolations', violations)
    document.addEventListener('securitypolicyviolation', (event) =>
      violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
    )
  })
  await page.reload()
  for (const route of ['start', 'runs', 'compare', 'diagnose', 'new', 'import', 'settings']) {
    await page.evaluate((hash) => void (location.hash = hash), `/${route}`)
    await page.waitForTimeout(700)
  }
  expect(await page.evaluate(() => Reflect.get(globalThis, 'ownViolations'))).toEqual([])
})

test('no process of the application listens on a port', async () => {
  test.skip(process.platform !== 'linux', 'sockets are found through /proc')
  // Without Playwright, which opens ports for itself.
  const own = makeTestFolders()
  const ordinary = becomeOrdinaryUser(own)
  const child = spawn(
    ordinary.executable,
    ['--disable-gpu', `--user-data-dir=${own.userData}`, checkout, own.workspace],
    {
      env: { ...process.env, ...own.environment, ...ordinary.environment },
      stdio: 'ignore',
    },
  )
  try {
    const hasEngine = (): boolean =>
      processTree(Number(child.pid)).some((pid) => commandLine(pid).includes('src-engine'))
    const hasPage = (): boolean =>
      processTree(Number(child.pid)).some((pid) => commandLine(pid).includes('--type=renderer'))
    await expect.poll(() => hasEngine() && hasPage(), { timeout: 20_000 }).toBe(true)
    expect(listeningAddresses(processTree(Number(child.pid)))).toEqual([])
  } finally {
    for (const pid of processTree(Number(child.pid)).toReversed()) kill(pid)
    await (child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined)
    ordinary.remove()
    removeTestFolders(own)
  }
})

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (cause) {
    // A child that ended with its parent is what we want.
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ESRCH')) throw cause
  }
}
