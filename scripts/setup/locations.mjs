import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Root of the checkout. */
export const checkoutRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/**
 * Folders that the set-up writes to.
 * @param {{ root?: string, env?: NodeJS.ProcessEnv, home?: string }} [options]
 */
export function locate({ root = checkoutRoot, env = process.env, home = homedir() } = {}) {
  // The XDG specification tells programs to ignore a relative path.
  const cacheBase = env['XDG_CACHE_HOME']?.startsWith('/') ? env['XDG_CACHE_HOME'] : join(home, '.cache')
  return {
    root,
    nodeModules: join(root, 'node_modules'),
    /** What this checkout has set up: small stamps and records, git-ignored. */
    state: join(root, '.setup'),
    /** Big parts shared by all checkouts of this user. */
    cache: join(cacheBase, 'ergoscope'),
  }
}

/** @typedef {ReturnType<typeof locate>} Locations */

/**
 * Node 24 of this checkout: the npm package for this platform, or the running Node where no package exists (macOS).
 * @param {Locations} locations
 */
export function nodeExecutable(locations) {
  if (process.platform === 'darwin') return process.execPath
  const system = process.platform === 'win32' ? 'win' : process.platform
  const file = process.platform === 'win32' ? 'node.exe' : 'node'
  return join(locations.nodeModules, `node-${system}-${process.arch}`, 'bin', file)
}

/**
 * Environment for child programs: this checkout's Node 24 and tools come first on PATH.
 * @param {Locations} locations
 * @returns {NodeJS.ProcessEnv}
 */
export function childEnvironment(locations, env = process.env) {
  const separator = process.platform === 'win32' ? ';' : ':'
  const front = [dirname(nodeExecutable(locations)), join(locations.nodeModules, '.bin')]
  return { ...env, PATH: [...front, env['PATH'] ?? ''].join(separator) }
}
