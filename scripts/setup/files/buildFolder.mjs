import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { isProcessAlive } from './processAlive.mjs'

const partialMark = '.partial-'

/**
 * Makes a folder all or nothing: `build` fills a folder beside it, which is renamed when it is complete.
 * What killed builds left is removed first. When another process was faster, its result stands.
 * @param {string} target
 * @param {(partial: string) => Promise<void>} build
 */
export async function buildFolder(target, build) {
  removeAbandoned(target)
  const partial = `${target}${partialMark}${process.pid}`
  mkdirSync(partial, { recursive: true })
  try {
    await build(partial)
    if (!existsSync(target)) renameSync(partial, target)
  } finally {
    rmSync(partial, { recursive: true, force: true })
  }
}

/** @param {string} target */
function removeAbandoned(target) {
  const folder = dirname(target)
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${basename(target)}${partialMark}`)) continue
    const pid = Number(name.slice(name.lastIndexOf('-') + 1))
    if (pid === process.pid || !isProcessAlive(pid)) rmSync(join(folder, name), { recursive: true, force: true })
  }
}
