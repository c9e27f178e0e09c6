/** Standard normal numbers from a seed (Lehmer generator and Box–Muller): the same in every run of a test. */
export function createRandomGenerator(seed: number): () => number {
  let state = (seed * 48_271) % 2_147_483_647
  const uniform = (): number => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
}
