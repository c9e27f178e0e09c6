import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Wheel } from '#engine/tensorLibrary/wheels.ts'

export const wheelFile = 'tensorflow_cpu-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl'

export interface WheelServer {
  url: string
  /** The `Range` headers of the requests so far; empty for a request of the whole file. */
  readonly ranges: string[]
  /** What happens to the next requests: answered, answered without ranges, broken off after so many bytes when the whole file is asked for, or slowed to so many bytes per 20 ms. */
  behaviour:
    | { kind: 'good' }
    | { kind: 'no-ranges' }
    | { kind: 'broken'; afterBytes: number; isLast: boolean }
    | { kind: 'slow'; bytes: number }
  content: Buffer
  close(): void
}

/** A package index of one file. */
export async function serveWheel(content: Buffer): Promise<WheelServer> {
  const server = createServer((request, response) => answer(state, request, response))
  const state: WheelServer = {
    url: '',
    ranges: [],
    behaviour: { kind: 'good' },
    content,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${wheelFile}` // A TCP server has such an address.
  return state
}

function answer(state: WheelServer, request: IncomingMessage, response: ServerResponse): void {
  const { behaviour, content } = state
  const range = request.headers.range ?? ''
  state.ranges.push(range)
  const from = behaviour.kind === 'no-ranges' ? 0 : Number(/^bytes=(\d+)-$/.exec(range)?.[1] ?? 0)
  const rest = content.subarray(from)
  if (from > 0)
    response.writeHead(206, {
      'content-range': `bytes ${from}-${content.length - 1}/${content.length}`,
      'content-length': rest.length,
    })
  else response.writeHead(200, { 'content-length': rest.length })
  if (behaviour.kind === 'broken' && from === 0) {
    response.write(rest.subarray(0, behaviour.afterBytes), () =>
      setTimeout(() => (behaviour.isLast ? state.close() : response.destroy()), 20),
    )
  } else if (behaviour.kind === 'slow') {
    let at = 0
    const ticking = setInterval(() => {
      response.write(rest.subarray(at, at + behaviour.bytes))
      at += behaviour.bytes
      if (at < rest.length) return
      clearInterval(ticking)
      response.end()
    }, 20)
    response.on('close', () => clearInterval(ticking))
  } else response.end(rest)
}

/** A wheel with what the installation looks for, and something that it leaves out. Its main library is `libraryBytes` of noise, which does not get smaller. */
export function makeWheel(folder: string, libraryBytes: number): { wheel: Wheel; path: string } {
  mkdirSync(folder, { recursive: true })
  const file = wheelFile
  const path = join(folder, file)
  const write = [
    'import sys, random, zipfile',
    'archive = zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED)',
    'noise = random.Random(1).randbytes(int(sys.argv[2]))',
    'archive.writestr("tensorflow/libtensorflow_cc.so.2", noise)',
    'archive.writestr("tensorflow/libtensorflow_framework.so.2", "framework")',
    'archive.writestr("tensorflow/include/tensorflow/c/c_api.h", "header")',
    'archive.writestr("tensorflow/python/unwanted.py", "unwanted")',
    'archive.close()',
  ].join('\n')
  execFileSync('python3', ['-c', write, path, String(libraryBytes)])
  const content = readFileSync(path)
  const sha256 = createHash('sha256').update(content).digest('hex')
  const wheel = { project: 'tensorflow-cpu', version: '2.21.0', platform: 'manylinux_2_27_x86_64', file, sha256 }
  return { wheel: { ...wheel, bytes: content.length }, path }
}

/** A `python3` whose pip says that a wheel lies at `url`, and cannot fetch anything itself. Gives the folder to put first on PATH. */
export function fakePip(folder: string, url: string, sha256: string): string {
  mkdirSync(folder, { recursive: true })
  const script = `#!/bin/sh
case "$*" in
*--version*) echo "pip 99" ;;
*" -vv "*) echo "  Found link ${url}#sha256=${sha256} (from the index), version: 2.21.0"; exec sleep 60 ;;
*) echo "ERROR: the index of the test is gone" >&2; exit 1 ;;
esac
`
  writeFileSync(join(folder, 'python3'), script, { mode: 0o755 })
  return folder
}
