import { spawnSync } from 'node:child_process'
import { SetupFailure } from './SetupFailure.mjs'

const oldestNode = [20, 19]

/** Fails when the Node that runs the set-up is too old. */
export function requireNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return
  throw new SetupFailure(`Node ${version} is too old: install Node ${oldestNode.join('.')} or newer, then try again`)
}

/**
 * @typedef {object} BuildTool
 * @property {string} name
 * @property {string[]} command that succeeds when the tool is there
 * @property {string} debianPackage
 */

/** @type {BuildTool[]} */
const tensorLibraryTools = [
  { name: 'Python 3 with pip', command: ['python3', '-m', 'pip', '--version'], debianPackage: 'python3-pip' },
  { name: 'g++', command: ['g++', '--version'], debianPackage: 'g++' },
]

/**
 * What is missing to set up the tensor library.
 * @param {(command: string[]) => boolean} succeeds
 * @returns {{ reason: string, remedy: string } | undefined} undefined when nothing is
 */
export function missingForTensorLibrary(succeeds = runsWell, platform = `${process.platform}-${process.arch}`) {
  if (platform !== 'linux-x64') {
    return { reason: `no TensorFlow build is set up on ${platform}`, remedy: 'train on a Linux x64 machine' }
  }
  const missing = tensorLibraryTools.filter((tool) => !succeeds(tool.command))
  if (missing.length === 0) return undefined
  return {
    reason: `${missing.map((tool) => tool.name).join(' and ')} not found`,
    remedy: `sudo apt-get install -y ${missing.map((tool) => tool.debianPackage).join(' ')}`,
  }
}

/** @param {string[]} command */
function runsWell([program = '', ...args]) {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0
}
