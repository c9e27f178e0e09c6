/**
 * @typedef {object} LockEntry
 * @property {string} [version]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 * @property {Record<string, string>} [optionalDependencies]
 */

const platformName = /(android|darwin|freebsd|linux|openharmony|win32)-([a-z0-9]+)(?:-([a-z]+))?$/

/**
 * Entries for packages of one platform that others name as optional, with an exact version, and that are not locked.
 * @param {Record<string, LockEntry>} packages of a package-lock.json, by folder
 * @returns {Record<string, LockEntry>}
 */
export function missingPlatformPackages(packages) {
  /** @type {Record<string, LockEntry>} */
  const missing = {}
  for (const { dev, optionalDependencies = {} } of Object.values(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const platform = platformName.exec(name)
      const folder = `node_modules/${name}`
      const isExact = /^\d+\.\d+\.\d+$/.test(version)
      const isLocked = Object.keys(packages).some((key) => key === folder || key.endsWith(`/${folder}`))
      if (platform === null || !isExact || isLocked) continue
      const [, os = '', cpu = '', abi] = platform
      missing[folder] = {
        version,
        cpu: [cpu],
        ...(dev === true && { dev }),
        ...(abi === 'musl' && { libc: ['musl'] }),
        optional: true,
        os: [os],
      }
    }
  }
  return missing
}
