/** High and low 32 bits of a × b, both unsigned 32-bit; `high` by schoolbook on 16-bit halves. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const carry = (aLow * bLow) >>> 16
  const middle = aHigh * bLow + carry
  const middleLow = (middle & 0xffff) + aLow * bHigh
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(middleLow / 0x10000)) >>> 0
}

/**
 * Philox4x32-10: four random 32-bit words as a pure function of a 128-bit counter and a 64-bit key (Salmon, Moraes, Dror, Shaw 2011).
 * Any block of a stream is reached at once, so a generator's whole state is its position.
 *
 * @param into receives the four words, `[4]`
 * @param counterLow lowest 32 bits of the counter
 * @param counterHigh next 32 bits; the upper two words are `counterThird` and `counterFourth`
 */
export function philox4x32(
  into: Uint32Array,
  counterLow: number,
  counterHigh: number,
  counterThird: number,
  counterFourth: number,
  keyLow: number,
  keyHigh: number,
): void {
  let c0 = counterLow
  let c1 = counterHigh
  let c2 = counterThird
  let c3 = counterFourth
  let k0 = keyLow
  let k1 = keyHigh
  for (let round = 0; round < 10; round += 1) {
    const high0 = multiplyHigh(0xd2511f53, c0)
    const low0 = Math.imul(0xd2511f53, c0)
    const high1 = multiplyHigh(0xcd9e8d57, c2)
    const low1 = Math.imul(0xcd9e8d57, c2)
    c0 = (high1 ^ c1 ^ k0) >>> 0
    c1 = low1 >>> 0
    c2 = (high0 ^ c3 ^ k1) >>> 0
    c3 = low0 >>> 0
    k0 = (k0 + 0x9e3779b9) | 0
    k1 = (k1 + 0xbb67ae85) | 0
  }
  into[0] = c0
  into[1] = c1
  into[2] = c2
  into[3] = c3
}
