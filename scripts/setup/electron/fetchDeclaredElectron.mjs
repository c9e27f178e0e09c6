// Runs in Node 24, started by declaredElectron.mjs:
//   probe VERSION                    prints why the download is not reachable, or nothing
//   fetch VERSION DOWNLOADS TARGET   downloads, verifies against the checksums in the electron package, extracts
import { createRequire } from 'node:module'

const probeTimeoutMs = 5000
const requireFromElectron = createRequire(createRequire(import.meta.url).resolve('electron/package.json'))

/**
 * @param {string} version
 * @param {object} options
 * @returns {Promise<string>}
 */
function download(version, options) {
  return requireFromElectron('@electron/get').downloadArtifact({
    version,
    artifactName: 'electron',
    platform: process.platform,
    arch: process.arch,
    checksums: requireFromElectron('./checksums.json'),
    ...options,
  })
}

/** @param {string} version */
async function probe(version) {
  let reason = 'its address was not asked for'
  const downloader = {
    /** @param {string} url */
    async download(url) {
      reason = await whyUnreachable(url)
      throw new Error('only probed')
    },
  }
  await download(version, {
    downloader,
    cacheMode: requireFromElectron('@electron/get').ElectronDownloadCacheMode.Bypass,
  }).catch(() => {})
  return reason
}

/** @param {string} url */
async function whyUnreachable(url) {
  const { host } = new URL(url)
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(probeTimeoutMs), headers: { range: 'bytes=0-0' } })
    await response.body?.cancel()
    return response.ok ? '' : `${host} answers ${response.status}`
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause
    if (cause.name === 'TimeoutError') return `${host} does not answer within ${probeTimeoutMs / 1000} s`
    const code = cause.cause instanceof Error && 'code' in cause.cause ? cause.cause.code : cause.message
    return `${host}: ${String(code)}`
  }
}

const [command, version = '', downloads = '', target = ''] = process.argv.slice(2)
if (command === 'probe') {
  process.stdout.write(await probe(version))
} else {
  const zip = await download(version, {
    cacheRoot: downloads,
    tempDirectory: downloads,
    downloadOptions: { quiet: true },
  })
  await requireFromElectron('@electron-internal/extract-zip').extract(zip, { dir: target })
}
