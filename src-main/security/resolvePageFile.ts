import { extname, join, relative, isAbsolute } from 'node:path'

const mimeTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** The file behind an address of the page, or null when it is outside the folder or of a kind that the page has no use for. */
export function resolvePageFile(folder: string, address: string): { path: string; mimeType: string } | null {
  const pathname = decodePath(new URL(address).pathname)
  if (pathname === null || pathname.includes('\0') || pathname.includes('\\')) return null
  const path = join(folder, pathname === '/' ? '/index.html' : pathname)
  const inside = relative(folder, path)
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) return null
  const mimeType = mimeTypes[extname(path)]
  return mimeType === undefined ? null : { path, mimeType }
}

function decodePath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch (cause) {
    if (cause instanceof URIError) return null
    throw cause
  }
}
