import { describe, expect, it } from 'vitest'
import { optimizerWarnings } from '#engine/importers/optimizerWarnings.ts'

describe('optimizerWarnings', () => {
  it.each(['sgd', 'torch.optim.SGD', 'AdamW', 'heavy-ball', 'rmsprop'])('says nothing of %s', (optimizer) => {
    expect(optimizerWarnings({ optimizer })).toEqual([])
  })

  it('says in one line that no rule is known, and what may be meant', () => {
    expect(optimizerWarnings({})).toEqual([])
    expect(optimizerWarnings({ optimizer: 'adma' })[0]).toMatch(
      /^optimizer=adma: no update rule .*did you mean adam\?$/,
    )
    expect(optimizerWarnings({ optimizer: 'nesterov' })[0]).toMatch(/did you mean optimizer=sgd with nesterov=true\?$/)
    expect(optimizerWarnings({ optimizer: 'lookahead' })[0]).toMatch(/known are sgd, .*rmsprop$/)
  })
})
