import { expect, test } from 'vitest'
import { contract, topics } from '#shared/contract/contract.ts'
import { methodNames, topicNames } from '#shared/contract/names.ts'

test('the allow-list of the preload names every method and topic of the contract, once', () => {
  expect([...methodNames].toSorted()).toEqual(Object.keys(contract).toSorted())
  expect([...topicNames].toSorted()).toEqual(Object.keys(topics).toSorted())
})
