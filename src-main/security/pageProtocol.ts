import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import { contentSecurityPolicy } from './contentSecurityPolicy.ts'
import { pageHost, pageScheme } from './pageOrigin.ts'
import { resolvePageFile } from './resolvePageFile.ts'

/** Before `ready`: makes app:// a secure origin of its own, so that the page is not a file and `'self'` means something. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** After `ready`: serves the built page from its folder, each answer with the policy. */
export function servePage(folder: string): void {
  protocol.handle(pageScheme, async (request) => {
    const file =
      new URL(request.url).host === pageHost && request.method === 'GET' ? resolvePageFile(folder, request.url) : null
    const content = file === null ? null : await readIfPresent(file.path)
    if (file === null || content === null)
      return new Response('Not found', { status: 404, headers: headersFor('text/plain') })
    return new Response(content, { headers: headersFor(file.mimeType) })
  })
}

function headersFor(mimeType: string): Record<string, string> {
  return {
    'content-type': mimeType,
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  }
}

async function readIfPresent(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'EISDIR')) return null
    throw cause
  }
}
