import { describe, expect, it } from 'vitest'
import { importedConfig } from '../../src-engine/cli/importedConfig.ts'

describe('importedConfig', () => {
  it('recognises numbers and booleans, and keeps any other key', () => {
    expect(importedConfig(['learning_rate=1e-3', 'nesterov=true', 'sampling=iid', 'cluster = a100'])).toEqual({
      learning_rate: 0.001,
      nesterov: true,
      sampling: 'iid',
      cluster: 'a100',
    })
  })

  it.each([
    ['learning_rate=abc', '--config learning_rate=abc: a number above 0 is needed'],
    ['learning_rate=0', '--config learning_rate=0: a number above 0 is needed'],
    ['momentum=1', '--config momentum=1: a number from 0 to below 1 is needed'],
    ['batch_size=1.5', '--config batch_size=1.5: a whole number from 1 on is needed'],
    ['nesterov=1', '--config nesterov=1: true or false is needed'],
    ['sampling=shuffled', '--config sampling=shuffled: iid or reshuffled is needed'],
    ['eta=0.1', '--config eta=0.1: did you mean learning_rate?'],
    ['wd=0.1', '--config wd=0.1: did you mean weight_decay?'],
    ['bs=32', '--config bs=32: did you mean batch_size?'],
    ['learning_rat=0.1', '--config learning_rat=0.1: did you mean learning_rate?'],
    ['learning_rate', "--config 'learning_rate': key=value is needed, for example --config learning_rate=0.1"],
  ])('refuses %s', (pair, message) => {
    expect(() => importedConfig([pair])).toThrow(expect.objectContaining({ code: 'bad-request', message }))
  })
})
