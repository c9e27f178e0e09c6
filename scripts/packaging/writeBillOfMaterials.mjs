import { writeFileSync } from 'node:fs'
import { childEnvironment } from '../setup/locations.mjs'
import { npmProgram } from '../setup/npmProgram.mjs'
import { runProgram } from '../setup/runProgram.mjs'

/**
 * Writes what the application is made of, by `npm sbom` from the installed packages (CycloneDX, no network), and adds
 * Electron, which npm knows as a tool of development only.
 * @param {import('../setup/locations.mjs').Locations} locations
 * @param {import('../setup/electron/installElectron.mjs').ElectronRecord} electron
 * @param {string} version of the product
 * @param {string} file
 */
export async function writeBillOfMaterials(locations, electron, version, file) {
  const npm = npmProgram()
  const args = [...npm.args, 'sbom', '--omit=dev', '--sbom-format=cyclonedx', '--sbom-type=application', '--offline']
  const output = await runProgram(npm.command, args, { cwd: locations.root, env: childEnvironment(locations) })
  const bill = JSON.parse(output)
  // npm takes the name of the checkout's folder.
  Object.assign(bill.metadata.component, { name: 'ergoscope', version })
  bill.components.push(electronComponent(electron))
  writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`)
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
