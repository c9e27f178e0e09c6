import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from './checkpointFormat.ts'

const folderName = 'checkpoints'
const fileNamePattern = /^step-\d{12}\.ckpt$/

export interface StoredCheckpoint {
  /** Relative to the run's folder. */
  file: string
  bytes: number
}

export interface NewestCheckpoint {
  checkpoint: Checkpoint | null
  /** One line per file that was passed over because it is torn, damaged or of another run. */
  passedOver: string[]
}

/** Writes aside, syncs, renames, syncs the folder: a power cut leaves the old checkpoints or all of them, never half of one under its name. */
export function saveCheckpoint(runFolder: string, checkpoint: Checkpoint): StoredCheckpoint {
  const folder = join(runFolder, folderName)
  mkdirSync(folder, { recursive: true })
  const name = fileNameOf(checkpoint.step)
  const aside = join(folder, `.${name}.new`)
  const bytes = encodeCheckpoint(checkpoint)
  try {
    writeFileSync(aside, bytes, { flush: true })
    renameSync(aside, join(folder, name))
  } catch (cause) {
    rmSync(aside, { force: true })
    throw cause
  }
  syncFolder(folder)
  return { file: `${folderName}/${name}`, bytes: bytes.length }
}

/**
 * Removes all but the newest `keep` up to `step`, the one just written, and what an interrupted write left; returns the removed checkpoints' files. Those of later
 * steps belong to an attempt that was replaced (the run could not go on from them): counted among the newest, they would push out the good ones.
 */
export function pruneCheckpoints(runFolder: string, step: number, keep: number): string[] {
  const folder = join(runFolder, folderName)
  for (const leftover of readdirSync(folder).filter((name) => name.endsWith('.new')))
    rmSync(join(folder, leftover), { force: true })
  const names = checkpointNames(runFolder)
  const replaced = names.filter((name) => name > fileNameOf(step))
  const surplus = [...replaced, ...names.slice(replaced.length + keep)]
  for (const name of surplus) rmSync(join(folder, name), { force: true })
  return surplus.map((name) => `${folderName}/${name}`)
}

/** The newest checkpoint of this run whose checksum holds. */
export function readNewestCheckpoint(runFolder: string, runId: string): NewestCheckpoint {
  const passedOver: string[] = []
  for (const name of checkpointNames(runFolder)) {
    try {
      const checkpoint = decodeCheckpoint(readFileSync(join(runFolder, folderName, name)))
      if (checkpoint.runId === runId) return { checkpoint, passedOver }
      passedOver.push(`checkpoint ${name} belongs to another run`)
    } catch (cause) {
      passedOver.push(`checkpoint ${name} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`)
    }
  }
  return { checkpoint: null, passedOver }
}

/** As many digits as keep the order of names and of steps the same. */
function fileNameOf(step: number): string {
  return `step-${String(step).padStart(12, '0')}.ckpt`
}

/** Newest first. */
function checkpointNames(runFolder: string): string[] {
  const folder = join(runFolder, folderName)
  mkdirSync(folder, { recursive: true })
  return readdirSync(folder)
    .filter((name) => fileNamePattern.test(name))
    .toSorted()
    .toReversed()
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
