/** A seeded source of random numbers. The same seed gives the same numbers on every machine. */
export interface RandomGenerator {
  /** Uniform in [0, 1), 32 random bits. */
  uniform(): number
  /** Standard normal, by the polar method (Marsaglia & Bray 1964). */
  normal(): number
  /** Uniform integer in [0, bound). `bound` from 1 to 2³². */
  integer(bound: number): number
}

/** One step of splitmix32: spreads a seed over the state of a generator (Steele, Lea, Flood 2014). */
function splitmix32(state: number): number {
  let z = state >>> 0
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
  return (z ^ (z >>> 16)) >>> 0
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits))
}

/**
 * xoshiro128** 1.1 (Blackman & Vigna 2018) as a function that returns the next 32 bits as a non-negative integer.
 *
 * @param state four 32-bit words, not all zero
 */
export function xoshiro128(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = state
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9)
    const t = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    d = rotateLeft(d, 11)
    return result >>> 0
  }
}

/**
 * Makes a generator from an integer seed (any finite number; only its lowest 32 bits count).
 * Not for cryptography.
 */
export function createRandomGenerator(seed: number): RandomGenerator {
  const word = (index: number) => splitmix32((seed + Math.imul(index, 0x9e3779b9)) | 0)
  const next = xoshiro128([word(1), word(2), word(3), word(4) | 1])
  const uniform = () => next() / 2 ** 32
  let spare: number | undefined
  const normal = () => {
    if (spare !== undefined) {
      const value = spare
      spare = undefined
      return value
    }
    for (;;) {
      const x = 2 * uniform() - 1
      const y = 2 * uniform() - 1
      const square = x * x + y * y
      if (square > 0 && square < 1) {
        const factor = Math.sqrt((-2 * Math.log(square)) / square)
        spare = y * factor
        return x * factor
      }
    }
  }
  return { uniform, normal, integer: (bound) => Math.floor(uniform() * bound) }
}

/** Shuffles in place, every order equally likely (Fisher & Yates). */
export function shuffle(values: Int32Array, random: RandomGenerator): void {
  for (let i = values.length - 1; i > 0; i -= 1) {
    const j = random.integer(i + 1)
    const kept = values[i] ?? 0
    values[i] = values[j] ?? 0
    values[j] = kept
  }
}
