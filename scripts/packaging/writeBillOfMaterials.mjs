import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { childEnvironment } from '../setup/locations.mjs'
import { npmProgram } from '../setup/npmProgram.mjs'
import { runProgram } from '../setup/runProgram.mjs'
import { productionEntries } from './productionPackages.mjs'

/**
 * Writes what the application is made of, by `npm sbom` from the lock file (CycloneDX, no network), and adds Electron,
 * which npm knows as a tool of development only.
 * @param {import('../setup/locations.mjs').Locations} locations
 * @param {import('../setup/electron/installElectron.mjs').ElectronRecord} electron
 * @param {string} version of the product
 * @param {string} file
 */
export async function writeBillOfMaterials(locations, electron, version, file) {
  const project = mkdtempSync(join(tmpdir(), 'ergoscope-sbom-'))
  try {
    writeProductionProject(locations.root, version, project)
    const npm = npmProgram()
    const args = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application', '--offline']
    const output = await runProgram(npm.command, [...npm.args, ...args], {
      cwd: project,
      env: childEnvironment(locations),
    })
    const bill = JSON.parse(output)
    // npm takes the name of the folder.
    bill.metadata.component.name = 'ergoscope'
    bill.components.push(electronComponent(electron))
    writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`)
  } finally {
    rmSync(project, { recursive: true })
  }
}

/**
 * The manifest and the lock without what is there for development, or for other platforms: `--omit=dev` would also leave
 * out the packages that the application shares with its tools.
 * @param {string} root
 * @param {string} version
 * @param {string} project
 */
function writeProductionProject(root, version, project) {
  const read = (/** @type {string} */ name) => JSON.parse(readFileSync(join(root, name), 'utf8'))
  const write = (/** @type {string} */ name, /** @type {object} */ content) =>
    writeFileSync(join(project, name), JSON.stringify(content))
  const { devDependencies: _, ...manifest } = read('package.json')
  const lock = read('package-lock.json')
  const { devDependencies: __, ...lockedManifest } = lock.packages['']
  write('package.json', { ...manifest, version })
  write('package-lock.json', {
    ...lock,
    version,
    packages: { '': { ...lockedManifest, version }, ...Object.fromEntries(productionEntries(root)) },
  })
}

/** @param {import('../setup/electron/installElectron.mjs').ElectronRecord} electron */
function electronComponent({ version }) {
  return {
    'bom-ref': `electron@${version}`,
    type: 'framework',
    name: 'electron',
    version,
    scope: 'required',
    purl: `pkg:npm/electron@${version}`,
    licenses: [{ license: { id: 'MIT' } }],
  }
}
