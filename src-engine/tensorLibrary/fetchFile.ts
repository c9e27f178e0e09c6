import { createWriteStream, rmSync, statSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'

/** A server that sends nothing for so long is given up; what came before is kept. */
const silenceMs = 60_000
const pausesMs = [1000, 3000, 10_000]

export interface FetchOptions {
  signal: AbortSignal
  onBytes: (bytes: number) => void
}

/** The server answered something that trying again does not mend. */
export class FetchRefused extends Error {
  override name = 'FetchRefused'
}

/**
 * Fetches `url` into `file`, going on behind what the file holds already. A broken connection is tried again for as long as something comes. The content is not
 * checked here. Rejects with FetchRefused, with the error of the connection or of the disk, or with the signal's reason.
 */
export async function fetchFile(url: string, file: string, bytes: number, options: FetchOptions): Promise<void> {
  let fruitless = 0
  while (sizeOf(file) < bytes) {
    const before = sizeOf(file)
    try {
      await fetchRest(url, file, bytes, options)
    } catch (cause) {
      options.signal.throwIfAborted()
      if (cause instanceof FetchRefused || isDiskError(cause)) throw cause
      fruitless = sizeOf(file) > before ? 0 : fruitless + 1
      const pauseMs = pausesMs[fruitless]
      if (pauseMs === undefined) throw cause
      await wait(pauseMs, undefined, { signal: options.signal })
    }
  }
}

async function fetchRest(url: string, file: string, bytes: number, { signal, onBytes }: FetchOptions): Promise<void> {
  const from = sizeOf(file)
  const silence = new AbortController()
  const whole = AbortSignal.any([signal, silence.signal])
  const giveUp = (): void => silence.abort(new Error(`nothing came for ${silenceMs / 1000} s`))
  let timer = setTimeout(giveUp, silenceMs)
  try {
    const answer = await fetch(url, {
      headers: { 'accept-encoding': 'identity', ...(from > 0 ? { range: `bytes=${from}-` } : {}) },
      signal: whole,
    })
    if (!answer.ok || answer.body === null) refuse(answer.status, file, from)
    // A server that knows no ranges sends everything from the beginning.
    const isRest = answer.status === 206 && answer.headers.get('content-range')?.startsWith(`bytes ${from}-`) === true
    let reached = isRest ? from : 0
    const body = Readable.fromWeb(answer.body)
    body.on('data', (chunk: Uint8Array) => {
      clearTimeout(timer)
      timer = setTimeout(giveUp, silenceMs)
      reached += chunk.length
      onBytes(reached)
      if (reached > bytes) silence.abort(new FetchRefused(`more than the expected ${bytes} bytes came`))
    })
    await pipeline(body, createWriteStream(file, { flags: isRest ? 'a' : 'w' }), { signal: whole })
  } catch (cause) {
    throw silence.signal.aborted ? silence.signal.reason : cause
  } finally {
    clearTimeout(timer)
  }
}

function refuse(status: number, file: string, from: number): never {
  // What is there does not fit what the server has: the next try begins anew.
  if (from > 0) rmSync(file, { force: true })
  if (status >= 500 || status === 416 || status === 429) throw new Error(`the server answered ${status}`)
  throw new FetchRefused(`the server answered ${status}`)
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

function isDiskError(cause: unknown): boolean {
  return (
    cause instanceof Error &&
    'code' in cause &&
    ['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EIO', 'ENOENT'].includes(String(cause.code))
  )
}
