import { describe, expect, it } from 'vitest'
import { philox4x32 } from '#core/random/philox.ts'
import { createRandomStream } from '#core/random/randomStream.ts'

function block(counter: [number, number, number, number], key: [number, number]): string {
  const words = new Uint32Array(4)
  philox4x32(words, ...counter, ...key)
  return Array.from(words, (word) => word.toString(16).padStart(8, '0')).join(' ')
}

describe('philox4x32', () => {
  it('gives the known answers of the Random123 distribution', () => {
    expect(block([0, 0, 0, 0], [0, 0])).toBe('6627e8d5 e169c58d bc57ac4c 9b00dbd8')
    const ones = 0xffffffff
    expect(block([ones, ones, ones, ones], [ones, ones])).toBe('408f276d 41c83b0e a20bc7c6 6d5451fd')
    expect(block([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toBe(
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    )
  })
})

describe('createRandomStream', () => {
  it('continues from a saved position with the same numbers, whatever was drawn before', () => {
    const stream = createRandomStream(3, 'batches')
    stream.integer(10)
    stream.normal()
    const saved = stream.position()
    const expected = [stream.uniform(), stream.normal(), stream.integer(1000)]
    const other = createRandomStream(3, 'batches')
    other.seek(saved)
    expect([other.uniform(), other.normal(), other.integer(1000)]).toEqual(expected)
  })

  it('gives other numbers for another seed, label or substream', () => {
    const first = (seed: number, label: string, substream = 0) => createRandomStream(seed, label, substream).uniform()
    expect(new Set([first(1, 'a'), first(2, 'a'), first(1, 'b'), first(1, 'a', 1)]).size).toBe(4)
  })

  it('draws uniform integers and standard normal numbers', () => {
    const stream = createRandomStream(11, 'law')
    const count = 40_000
    const draws = Array.from({ length: count }, () => stream.integer(5))
    const hits = [0, 1, 2, 3, 4].map((value) => draws.filter((draw) => draw === value).length)
    for (const hit of hits) expect(Math.abs(hit - count / 5)).toBeLessThan(4 * Math.sqrt(count * 0.16))
    const values = new Float64Array(count)
    stream.fillNormal(values)
    const mean = values.reduce((sum, value) => sum + value, 0) / count
    const square = values.reduce((sum, value) => sum + value * value, 0) / count
    const fourth = values.reduce((sum, value) => sum + value ** 4, 0) / count
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(count))
    expect(Math.abs(square - 1)).toBeLessThan(4 * Math.sqrt(2 / count))
    expect(Math.abs(fourth - 3)).toBeLessThan(4 * Math.sqrt(96 / count))
  })
})
