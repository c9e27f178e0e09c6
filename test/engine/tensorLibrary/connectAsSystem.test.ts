import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { connect, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Wheel } from '#engine/tensorLibrary/wheels.ts'
import { fakePip, makeWheel, wheelFile } from './wheelServer.ts'

// A process of its own installs: what it trusts and where it connects to is set for a whole process, from its environment.

let folder: string
let wheel: Wheel
let answer: RequestListener
let open: Server[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ergoscope-connect-'))
  open = []
  const made = makeWheel(join(folder, 'index'), 100_000)
  wheel = made.wheel
  answer = (_request, response) => void response.end(readFileSync(made.path))
})
afterEach(() => {
  for (const server of open) server.close()
  rmSync(folder, { recursive: true, force: true })
})

async function listen(server: Server): Promise<number> {
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port // A TCP server has such an address.
}

async function install(url: string, environment: Record<string, string>): Promise<boolean> {
  const worker = join(import.meta.dirname, 'workers', 'install.ts')
  const root = join(folder, 'data')
  const bin = fakePip(join(folder, 'bin'), url, wheel.sha256)
  const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}`, ...environment }
  // pip itself can fetch nothing here: without a connection of its own the installation fails.
  await promisify(execFile)(process.execPath, [worker, root, JSON.stringify(wheel)], { env }).catch(() => {})
  return existsSync(join(root, 'tensorflow-2.21.0-cpu', 'tensorflow', 'libtensorflow_cc.so.2'))
}

test('the proxy of the environment is taken', async () => {
  const index = await listen(createServer(answer))
  let tunnels = 0
  const proxy = createServer((request, response) => {
    tunnels += 1
    answer(request, response)
  })
  proxy.on('connect', (_request, socket) => {
    tunnels += 1
    const target = connect(index, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      target.pipe(socket).pipe(target)
    })
  })
  const port = await listen(proxy)
  const proxied = { http_proxy: `http://127.0.0.1:${port}`, no_proxy: '' }
  expect(await install(`http://wheels.invalid/${wheelFile}`, proxied)).toBe(true)
  expect(tunnels).toBeGreaterThan(0)
})

test.runIf(spawnSync('openssl', ['version']).status === 0)(
  'a certificate of the system’s store is trusted',
  async () => {
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost']
    const files = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', certificate]
    execFileSync('openssl', [...made, ...files], { stdio: 'ignore' })
    const port = await listen(createSecureServer({ key: readFileSync(key), cert: readFileSync(certificate) }, answer))
    const url = `https://127.0.0.1:${port}/${wheelFile}`
    expect(await install(url, { SSL_CERT_FILE: certificate })).toBe(true)
    rmSync(join(folder, 'data'), { recursive: true })
    expect(await install(url, {})).toBe(false)
  },
)
