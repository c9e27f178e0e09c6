import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'

/**
 * What the packaged Electron may and may not do, as electron-builder names it.
 * Cookies: the page sets none, and their encryption would open the user's keyring at every start.
 */
export const electronFuses = {
  runAsNode: false,
  enableCookieEncryption: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: process.platform !== 'linux',
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
}

/** @type {Record<keyof typeof electronFuses, FuseV1Options>} */
const options = {
  runAsNode: FuseV1Options.RunAsNode,
  enableCookieEncryption: FuseV1Options.EnableCookieEncryption,
  enableNodeOptionsEnvironmentVariable: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  enableNodeCliInspectArguments: FuseV1Options.EnableNodeCliInspectArguments,
  enableEmbeddedAsarIntegrityValidation: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  onlyLoadAppFromAsar: FuseV1Options.OnlyLoadAppFromAsar,
  loadBrowserProcessSpecificV8Snapshot: FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
  grantFileProtocolExtraPrivileges: FuseV1Options.GrantFileProtocolExtraPrivileges,
}

/**
 * Reads the fuses back from the built executable, one line each; throws when one is not as it was asked for.
 * @param {string} executable
 */
export async function describeFuses(executable) {
  const states = await readFuses(executable)
  const wrong = states.filter(({ isOn, isWanted }) => isOn !== isWanted)
  if (wrong.length > 0)
    throw new Error(`fuses of ${executable} are not as configured: ${wrong.map(({ name }) => name).join(', ')}`)
  return states.map(({ name, isOn }) => `  ${isOn ? 'on ' : 'off'}  ${name}`).join('\n')
}

/**
 * @param {string} executable
 * @returns {Promise<{ name: string, isOn: boolean, isWanted: boolean }[]>}
 */
export async function readFuses(executable) {
  const wire = await getCurrentFuseWire(executable)
  return Object.entries(electronFuses).map(([name, isWanted]) => {
    const option = options[/** @type {keyof typeof electronFuses} */ (name)]
    return { name: FuseV1Options[option], isOn: wire[option] === FuseState.ENABLE, isWanted }
  })
}
