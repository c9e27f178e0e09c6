import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { RunIdentity, RunWriter } from '#engine/runfile/runFile.ts'
import { createRun } from '#engine/runfile/writer.ts'

/** An empty folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ergoscope-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export function identity(changes: Partial<RunIdentity> = {}): RunIdentity {
  return {
    id: 'a1b2c3',
    name: 'noisy labels',
    group: null,
    tags: [],
    notes: '',
    source: 'trained',
    seed: 7,
    createdAtMs: Date.UTC(2026, 0, 15),
    host: 'workshop',
    versions: { ergoscope: '0.1.0' },
    plannedSteps: 100,
    recipeYaml: null,
    ...changes,
  }
}

/** A new run in a temporary folder; its writer is closed when the test ends. */
export function newRun(changes: Partial<RunIdentity> = {}, folder = join(temporaryFolder(), 'run')): RunWriter {
  const writer = createRun(folder, identity(changes))
  onTestFinished(() => {
    try {
      writer.close()
    } catch (cause) {
      // A test that fills the disk leaves a writer that cannot commit; it has looked at that itself.
      if (!(cause instanceof Error) || !cause.message.includes('no space left')) throw cause
    }
  })
  return writer
}

/** 0, 1, 2 ... */
export function stepsUpTo(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, step) => step)
}

export function bytesOf(values: Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}
