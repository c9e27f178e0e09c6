import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A record is a small JSON file in `.setup/`: what a step of the set-up did in this checkout.
 * @param {import('./locations.mjs').Locations} locations
 * @param {string} name
 * @returns {unknown} undefined when there is none, or it cannot be read
 */
export function readRecord(locations, name) {
  const file = recordFile(locations, name)
  if (!existsSync(file)) return undefined
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    // Damaged: the step runs again and writes a new one.
    return undefined
  }
}

/**
 * @param {import('./locations.mjs').Locations} locations
 * @param {string} name
 * @param {object} record
 */
export function writeRecord(locations, name, record) {
  mkdirSync(locations.state, { recursive: true })
  const file = recordFile(locations, name)
  writeFileSync(`${file}.${process.pid}`, `${JSON.stringify(record, null, 2)}\n`)
  renameSync(`${file}.${process.pid}`, file)
}

/**
 * @param {import('./locations.mjs').Locations} locations
 * @param {string} name
 */
export function removeRecord(locations, name) {
  rmSync(recordFile(locations, name), { force: true })
}

/**
 * @param {import('./locations.mjs').Locations} locations
 * @param {string} name
 */
function recordFile(locations, name) {
  return join(locations.state, `${name}.json`)
}
