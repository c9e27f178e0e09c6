import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { formatMegabytes } from '../setup/progress.mjs'
import { runProgram } from '../setup/runProgram.mjs'
import { SetupFailure } from '../setup/SetupFailure.mjs'
import { debianControl } from './debianControl.mjs'
import { listFiles } from './listFiles.mjs'

const installFolder = 'opt/ergoscope'

/**
 * Makes the Debian package by dpkg-deb. It has no scripts: everything is a file of the package, and the caches of
 * desktop entries and icons are kept by the triggers of the packages that own them.
 * @param {object} options
 * @param {string} options.root of the checkout
 * @param {import('./stageApplication.mjs').Product} options.product
 * @param {import('./buildUnpacked.mjs').Unpacked} options.unpacked
 * @param {string} options.outputFolder
 * @param {import('./budget.mjs').Budget} options.budget
 */
export async function buildDebianPackage({ root, product, unpacked, outputFolder, budget }) {
  const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64'
  const file = join(outputFolder, `ergoscope_${product.version}_${architecture}.deb`)
  const tree = join(outputFolder, 'stage-deb')
  rmSync(tree, { recursive: true, force: true })
  mkdirSync(join(tree, 'opt'), { recursive: true })
  // Hard links: a package of 400 MB is not copied.
  await runProgram('cp', ['-al', unpacked.folder, join(tree, installFolder)])
  setSandboxHelper(join(tree, installFolder, 'chrome-sandbox'))
  addSystemFiles(join(root, 'resources'), tree)
  addDocuments(root, tree)
  writeControl(tree, product, architecture)
  setModes(tree)
  await runProgram('dpkg-deb', ['--root-owner-group', '-Zzstd', '-z9', '--build', tree, file])
  rmSync(tree, { recursive: true })
  const { size } = statSync(file)
  process.stdout.write(`\n${file}: ${formatMegabytes(size)}\n`)
  if (size > budget.debBytes)
    throw new SetupFailure(`${file} is ${formatMegabytes(size)}, the budget allows ${formatMegabytes(budget.debBytes)}`)
}

/**
 * Chromium makes its sandbox from user namespaces. Where the system does not give them to ordinary users (Ubuntu since
 * 23.10), it takes this helper, which must then belong to root and run as root: as in Chromium's own packages.
 * @param {string} helper
 */
function setSandboxHelper(helper) {
  const content = readFileSync(helper)
  rmSync(helper)
  writeFileSync(helper, content)
  chmodSync(helper, 0o4755)
}

/**
 * @param {string} resources
 * @param {string} tree
 */
function addSystemFiles(resources, tree) {
  const command = join(tree, 'usr', 'bin', 'ergoscope')
  mkdirSync(dirname(command), { recursive: true })
  symlinkSync(`/${installFolder}/bin/ergoscope`, command)
  place(join(resources, 'linux', 'ergoscope.desktop'), join(tree, 'usr/share/applications/ergoscope.desktop'))
  for (const name of readdirSync(join(resources, 'icons'))) {
    const folder = name.endsWith('.svg') ? 'scalable' : name.replace('.png', '')
    const icon = name.endsWith('.svg') ? 'ergoscope.svg' : 'ergoscope.png'
    place(join(resources, 'icons', name), join(tree, 'usr/share/icons/hicolor', folder, 'apps', icon))
  }
}

/**
 * @param {string} root
 * @param {string} tree
 */
function addDocuments(root, tree) {
  const documents = join(tree, 'usr/share/doc/ergoscope')
  const licence = readFileSync(join(root, 'LICENSE'), 'utf8')
  mkdirSync(documents, { recursive: true })
  const others = `What it is made of has licences of its own: see /${installFolder}/resources/licences,\n/${installFolder}/LICENSE.electron.txt and /${installFolder}/LICENSES.chromium.html.\n`
  writeFileSync(join(documents, 'copyright'), `${licence}\n${others}`)
  writeFileSync(join(documents, 'changelog.gz'), gzipSync(readFileSync(join(root, 'CHANGELOG.md')), { level: 9 }))
}

/**
 * @param {string} tree
 * @param {import('./stageApplication.mjs').Product} product
 * @param {string} architecture
 */
function writeControl(tree, product, architecture) {
  const files = listFiles(tree)
  const installedKilobytes = Math.ceil(files.reduce((sum, { bytes }) => sum + bytes, 0) / 1024)
  const sums = files
    .filter(({ path }) => !lstatSync(join(tree, path)).isSymbolicLink())
    .map(
      ({ path }) =>
        `${createHash('md5')
          .update(readFileSync(join(tree, path)))
          .digest('hex')}  ${path}`,
    )
  mkdirSync(join(tree, 'DEBIAN'))
  writeFileSync(join(tree, 'DEBIAN', 'control'), debianControl({ product, architecture, installedKilobytes }))
  writeFileSync(join(tree, 'DEBIAN', 'md5sums'), `${sums.join('\n')}\n`)
}

/**
 * The same rights whatever the umask of the one who builds: others may read and start, nobody but root may write.
 * @param {string} tree
 */
function setModes(tree) {
  for (const entry of readdirSync(tree, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    const { mode } = lstatSync(path)
    if (entry.isDirectory()) chmodSync(path, 0o755)
    else if (entry.isFile() && (mode & 0o4000) === 0) chmodSync(path, mode & 0o100 ? 0o755 : 0o644)
  }
  chmodSync(tree, 0o755)
}

/**
 * @param {string} from
 * @param {string} to
 */
function place(from, to) {
  mkdirSync(dirname(to), { recursive: true })
  copyFileSync(from, to)
}
