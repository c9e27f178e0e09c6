import type { Examples } from './examples.ts'

/** Averages squares of `factor` x `factor` pixels. `factor` must divide height and width. */
export function downsample(examples: Examples, factor: number): Examples {
  if (factor === 1) return examples
  const [height, width, channels] = examples.shape
  const newHeight = height / factor
  const newWidth = width / factor
  if (!Number.isInteger(newHeight) || !Number.isInteger(newWidth))
    throw new Error(`Images of ${height} x ${width} cannot be downsampled by ${factor}`)
  const images = new Float32Array(examples.count * newHeight * newWidth * channels)
  const share = 1 / (factor * factor)
  let source = 0
  for (let image = 0; image < examples.count; image += 1) {
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const target = ((image * newHeight + Math.floor(y / factor)) * newWidth + Math.floor(x / factor)) * channels
        for (let channel = 0; channel < channels; channel += 1) {
          images[target + channel] = (images[target + channel] ?? 0) + share * (examples.images[source] ?? 0)
          source += 1
        }
      }
    }
  }
  return { count: examples.count, shape: [newHeight, newWidth, channels], images, labels: examples.labels }
}
