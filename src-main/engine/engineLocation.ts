import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The program that runs the engine (plain Node 24, never Electron's own Node) and the engine's entry. */
export interface EngineLocation {
  node: string
  entry: string
}

/** In a checkout Node 24 comes from npm and the engine is run from its sources; in an installed application both lie in the resources. */
export function engineLocation(options: { isPackaged: boolean; checkout: string; resources: string }): EngineLocation {
  if (options.isPackaged) {
    return {
      node: join(options.resources, 'node', nodeBinary()),
      entry: join(options.resources, 'engine', 'host.js'),
    }
  }
  const entry = join(options.checkout, 'src-engine', 'host', 'main.ts')
  const fromNpm = join(options.checkout, 'node_modules', `node-${npmPlatform()}-${process.arch}`, nodeBinary())
  // Platforms without such a package run the engine with the Node of PATH; the handshake and the doctor tell its version.
  return { node: existsSync(fromNpm) ? fromNpm : 'node', entry }
}

function nodeBinary(): string {
  return process.platform === 'win32' ? join('bin', 'node.exe') : join('bin', 'node')
}

function npmPlatform(): string {
  return process.platform === 'win32' ? 'win' : process.platform
}
