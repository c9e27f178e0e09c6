/** Labelled images on the host. */
export interface Examples {
  readonly count: number
  /** `[height, width, channels]` of one image. */
  readonly shape: readonly [number, number, number]
  /** Row-major `[count, height, width, channels]`. */
  readonly images: Float32Array
  /** Class of each image, `[count]`. */
  readonly labels: Int32Array
}

/** What a network is trained and judged on. */
export interface Dataset {
  readonly classCount: number
  readonly training: Examples
  readonly validation: Examples
}

/** The examples at `indices`, copied. */
export function selectExamples(examples: Examples, indices: Int32Array): Examples {
  const size = examples.shape[0] * examples.shape[1] * examples.shape[2]
  const images = new Float32Array(indices.length * size)
  indices.forEach((index, row) => images.set(examples.images.subarray(index * size, (index + 1) * size), row * size))
  return {
    count: indices.length,
    shape: examples.shape,
    images,
    labels: Int32Array.from(indices, (index) => examples.labels[index] ?? 0),
  }
}
