import { spawnSync } from 'node:child_process'
import { SetupFailure } from './SetupFailure.mjs'
import { runProgram } from './runProgram.mjs'

/** What Electron's window needs. Newer releases end some of the names in `t64`. */
export const windowPackages = [
  ...['libnss3', 'libgtk-3-0', 'libasound2', 'libgbm1', 'libatk-bridge2.0-0', 'libcups2', 'libxss1', 'libnotify4'],
  ...['libxtst6', 'xdg-utils', 'libsecret-1-0', 'libatspi2.0-0'],
]

/** What the window's tests need beside that: a virtual display. */
export const testPackages = ['xvfb', 'xauth']

/** What makes the zip, and checks the desktop entry. */
export const packagingTools = ['p7zip-full', 'desktop-file-utils']

/**
 * How the host is looked at and changed; replaced in tests.
 * @typedef {object} DebianHost
 * @property {() => boolean} hasDpkg
 * @property {(names: string[]) => Set<string>} installed those of the names that are installed
 * @property {(names: string[]) => Set<string>} available those of the names that apt can install
 * @property {boolean} isRoot
 * @property {(args: string[]) => Promise<unknown>} aptGet rejects with a SetupFailure
 */

/** @type {DebianHost} */
export const thisHost = {
  hasDpkg: () => spawnSync('dpkg-query', ['--version'], { stdio: 'ignore' }).status === 0,
  installed: (names) => {
    const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...names], {
      encoding: 'utf8',
    })
    const lines = stdout.split('\n').map((line) => line.split(' '))
    return new Set(lines.filter(([, status]) => status === 'installed').map(([name = '']) => name))
  },
  available: (names) => {
    const { stdout } = spawnSync('apt-cache', ['policy', ...names], { encoding: 'utf8' })
    const records = stdout.split(/\n(?=\S)/).filter((record) => /^ {2}Candidate: (?!\(none\))/m.test(record))
    return new Set(records.map((record) => record.slice(0, record.indexOf(':'))))
  },
  isRoot: process.getuid?.() === 0,
  aptGet: (args) =>
    runProgram('apt-get', ['-o', 'DPkg::Lock::Timeout=120', '-qq', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }),
}

/** @param {string} name */
const spellings = (name) => [name, `${name}t64`]

/**
 * Those of the packages that are not installed under either spelling.
 * @param {readonly string[]} names
 * @param {DebianHost} host
 */
export function missingPackages(names, host = thisHost) {
  const installed = host.installed(names.flatMap(spellings))
  return names.filter((name) => !spellings(name).some((spelling) => installed.has(spelling)))
}

/**
 * Installs what is missing when root; otherwise fails with the command to run.
 * @param {readonly string[]} missing
 * @param {import('./progress.mjs').Progress} progress
 * @param {DebianHost} host
 */
export async function installDebianPackages(missing, progress, host = thisHost) {
  if (!host.isRoot) {
    const command = `sudo apt-get install -y --no-install-recommends ${resolveNames(missing, host).join(' ')}`
    throw new SetupFailure(
      `the window needs Debian packages that are not installed. Run this, then try again:\n  ${command}`,
    )
  }
  progress.line(`debian packages: installing ${missing.join(' ')}`)
  try {
    // A fresh container has no package lists at all, an old one may have stale ones.
    await host.aptGet(['update'])
    await host.aptGet(['install', '-y', '--no-install-recommends', ...resolveNames(missing, host)])
  } catch (cause) {
    if (!(cause instanceof SetupFailure)) throw cause
    throw new SetupFailure(`apt-get could not install ${missing.join(' ')}: ${cause.message}`, { cause })
  }
}

/**
 * @param {readonly string[]} names
 * @param {DebianHost} host
 */
function resolveNames(names, host) {
  const available = host.available(names.flatMap(spellings))
  return names.map(
    (name) =>
      spellings(name)
        .toReversed()
        .find((spelling) => available.has(spelling)) ?? name,
  )
}
