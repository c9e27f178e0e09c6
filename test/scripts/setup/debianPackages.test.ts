import { expect, test } from 'vitest'
import { installDebianPackages, missingPackages } from '../../../scripts/setup/debianPackages.mjs'
import { SetupFailure } from '../../../scripts/setup/SetupFailure.mjs'

function createHost({ installed = [] as string[], available = [] as string[], isRoot = false, fails = '' } = {}) {
  const commands: string[][] = []
  return {
    commands,
    hasDpkg: () => true,
    installed: (names: string[]) => new Set(names.filter((name) => installed.includes(name))),
    available: (names: string[]) => new Set(names.filter((name) => available.includes(name))),
    isRoot,
    aptGet: async (args: string[]) => {
      commands.push(args)
      if (args[0] === fails) throw new SetupFailure('no network')
    },
  }
}

const silent = { line: () => {}, meter: () => () => {} }

test('a package counts as installed under its old and its t64 name', () => {
  const host = createHost({ installed: ['libnss3', 'libgtk-3-0t64'] })
  expect(missingPackages(['libnss3', 'libgtk-3-0', 'libasound2'], host)).toEqual(['libasound2'])
})

test('an ordinary user gets the command to run, with the names of this release', async () => {
  const host = createHost({ available: ['libasound2t64', 'libnss3'] })
  await expect(installDebianPackages(['libasound2', 'libnss3'], silent, host)).rejects.toThrow(
    'sudo apt-get install -y --no-install-recommends libasound2t64 libnss3',
  )
  expect(host.commands).toEqual([])
})

test('root installs after updating the lists', async () => {
  const host = createHost({ available: ['xvfb'], isRoot: true })
  await installDebianPackages(['xvfb'], silent, host)
  expect(host.commands).toEqual([['update'], ['install', '-y', '--no-install-recommends', 'xvfb']])
})

test('a failing apt-get is told in one line', async () => {
  const host = createHost({ available: ['xvfb'], isRoot: true, fails: 'install' })
  await expect(installDebianPackages(['xvfb'], silent, host)).rejects.toThrow(
    /^apt-get could not install xvfb: no network$/,
  )
})
