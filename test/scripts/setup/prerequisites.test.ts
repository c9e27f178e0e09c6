import { expect, test } from 'vitest'
import { missingForTensorLibrary, requireNode } from '../../../scripts/setup/prerequisites.mjs'

test.each(['20.19.0', '20.20.2', '22.0.0', '24.21.0'])('Node %s is new enough', (version) => {
  expect(() => requireNode(version)).not.toThrow()
})

test.each(['18.20.4', '20.18.9'])('Node %s is refused with what to do', (version) => {
  expect(() => requireNode(version)).toThrow(`Node ${version} is too old: install Node 20.19 or newer`)
})

test('nothing is missing where pip and g++ work', () => {
  expect(missingForTensorLibrary(() => true, 'linux-x64')).toBeUndefined()
})

test('missing tools are named with the command that installs them', () => {
  expect(missingForTensorLibrary((command) => command[0] !== 'python3', 'linux-x64')).toEqual({
    reason: 'Python 3 with pip not found',
    remedy: 'sudo apt-get install -y python3-pip',
  })
  expect(missingForTensorLibrary(() => false, 'linux-x64')?.remedy).toBe('sudo apt-get install -y python3-pip g++')
})

test('other platforms are told that no build exists for them', () => {
  expect(missingForTensorLibrary(() => true, 'linux-arm64')?.reason).toContain('linux-arm64')
})
