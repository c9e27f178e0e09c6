import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { TrainerState } from '#engine/training/trainer.ts'

/**
 * One file: 8 bytes magic, uint32 length of the header, the header as JSON, zeros up to a multiple of 8, the buffers one after the other (each padded to 8 bytes),
 * sha256 over everything before it. All numbers little-endian.
 */
const magic = Buffer.from('ERGOCKP1', 'latin1')
const digestBytes = 32
const alignmentBytes = 8

const bufferTypes = { float32: Float32Array, float64: Float64Array, int32: Int32Array }

const headerSchema = z.object({
  runId: z.string(),
  step: z.int().nonnegative(),
  manifest: z.record(z.string(), z.unknown()),
  buffers: z.array(
    z.object({ name: z.string(), type: z.enum(['float32', 'float64', 'int32']), length: z.int().nonnegative() }),
  ),
})

export interface Checkpoint {
  runId: string
  /** Steps taken: the index of the next step. */
  step: number
  state: TrainerState
}

export function encodeCheckpoint(checkpoint: Checkpoint): Buffer {
  const entries = Object.entries(checkpoint.state.buffers)
  const buffers = entries.map(([name, values]) => ({ name, type: typeOf(values), length: values.length }))
  const header = Buffer.from(
    JSON.stringify({ runId: checkpoint.runId, step: checkpoint.step, manifest: checkpoint.state.manifest, buffers }),
  )
  const headerLength = Buffer.alloc(4)
  headerLength.writeUInt32LE(header.length)
  const parts = [padded(Buffer.concat([magic, headerLength, header]))]
  for (const [, values] of entries) parts.push(padded(Buffer.from(values.buffer, values.byteOffset, values.byteLength)))
  const content = Buffer.concat(parts)
  return Buffer.concat([content, digest(content)])
}

/** Throws one line when the bytes are torn, damaged, or no checkpoint. */
export function decodeCheckpoint(bytes: Buffer): Checkpoint {
  if (bytes.length < magic.length + 4 + digestBytes || !bytes.subarray(0, magic.length).equals(magic))
    throw new Error('not a checkpoint, or cut off')
  const content = bytes.subarray(0, bytes.length - digestBytes)
  if (!digest(content).equals(bytes.subarray(content.length)))
    throw new Error('torn or damaged: its checksum does not match')
  const headerEnd = magic.length + 4 + bytes.readUInt32LE(magic.length)
  const header = headerSchema.parse(JSON.parse(content.toString('utf8', magic.length + 4, headerEnd)))
  const buffers: TrainerState['buffers'] = {}
  let offset = aligned(headerEnd)
  for (const { name, type, length } of header.buffers) {
    const byteLength = length * bufferTypes[type].BYTES_PER_ELEMENT
    // Copied, so that the array is aligned whatever the file buffer's own offset is.
    const copy = Uint8Array.from(content.subarray(offset, offset + byteLength)).buffer
    buffers[name] = new bufferTypes[type](copy)
    offset += aligned(byteLength)
  }
  return { runId: header.runId, step: header.step, state: { manifest: header.manifest, buffers } }
}

function typeOf(values: Float32Array | Float64Array | Int32Array): 'float32' | 'float64' | 'int32' {
  if (values instanceof Float64Array) return 'float64'
  return values instanceof Float32Array ? 'float32' : 'int32'
}

function aligned(byteLength: number): number {
  return Math.ceil(byteLength / alignmentBytes) * alignmentBytes
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(aligned(bytes.length) - bytes.length)])
}

function digest(content: Buffer): Buffer {
  return createHash('sha256').update(content).digest()
}
