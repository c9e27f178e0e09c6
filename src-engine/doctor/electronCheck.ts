import { existsSync } from 'node:fs'
import { installation } from '#engine/installation/installation.ts'
import { type Check, works } from './check.ts'
import { readElectronRecord } from './setUpRecord.ts'

/** The window's runtime; the command line works without it. */
export const checkElectron: Check = () => {
  if (installation !== null) {
    const { kind, version, declaredVersion } = installation.electron
    const suffix = kind === 'declared' ? '' : `, packaged as a stand-in for ${declaredVersion}`
    return works('electron', 'Electron', `${version}${suffix}`)
  }
  const record = readElectronRecord()
  if (record === null || !existsSync(record.executable)) {
    return {
      id: 'electron',
      title: 'Electron',
      status: 'limited',
      detail: 'not set up: the window cannot open, the command line works',
      advice: 'Run the set-up',
      command: 'npm start',
    }
  }
  if (record.kind === 'declared') return works('electron', 'Electron', record.version)
  return {
    id: 'electron',
    title: 'Electron',
    status: 'limited',
    detail: `${record.version} stands in for ${record.declaredVersion}, whose download was not reachable`,
    advice: 'Everything works; with access to the download, run the set-up again to get the declared version',
    command: 'npm start',
  }
}
