/**
 * Formats by platform, beside the unpacked application. `deb` is made by dpkg-deb, all others by electron-builder;
 * what is not made by default needs tools that electron-builder downloads, or the platform itself.
 * @type {Partial<Record<NodeJS.Platform, { byDefault: string[], onRequest: string[] }>>}
 */
const targets = {
  linux: { byDefault: ['deb', 'zip'], onRequest: ['AppImage'] },
  darwin: { byDefault: ['dmg', 'zip'], onRequest: [] },
  win32: { byDefault: ['nsis', 'zip'], onRequest: [] },
}

export function defaultTargets(platform = process.platform) {
  return targets[platform]?.byDefault ?? []
}

export function knownTargets(platform = process.platform) {
  const { byDefault = [], onRequest = [] } = targets[platform] ?? {}
  return [...byDefault, ...onRequest]
}
