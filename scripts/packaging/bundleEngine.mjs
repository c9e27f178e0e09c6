import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { loadLibrariesByRequire } from './loadLibrariesByRequire.mjs'

/** Programs and threads of the engine: their files lie side by side, where the modules that start them look. */
const entries = {
  cli: 'src-engine/cli/main.ts',
  host: 'src-engine/host/main.ts',
  worker: 'src-engine/training/worker.ts',
  supervise: 'src-engine/launching/supervise.ts',
  diagnosisThread: 'src-engine/diagnosing/diagnosisThread.ts',
  fileTaskThread: 'src-engine/host/fileTaskThread.ts',
  tensorProbe: 'src-engine/doctor/tensorProbe.ts',
}

/**
 * Bundles the engine and the command line for plain Node: JavaScript in one folder, without types, source maps and
 * packages. Only better-sqlite3, which has a native part, stays outside.
 * @param {string} root of the checkout
 * @param {string} version of the product
 * @param {string} folder is replaced
 */
export async function bundleEngine(root, version, folder) {
  rmSync(folder, { recursive: true, force: true })
  const bundle = await rolldown({
    cwd: root,
    input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(root, file)])),
    platform: 'node',
    external: [/^node:/, 'better-sqlite3'],
    tsconfig: false,
    // tfjs-node, which is CommonJS, asks for its folder.
    transform: { define: { __dirname: 'import.meta.dirname' } },
    plugins: [loadLibrariesByRequire(), shortManifest(join(root, 'package.json'), version)],
    onLog(level, log, report) {
      // Libraries for old and for other platforms probe with eval and name modules that are never loaded here.
      if (level === 'warn' && !isInLibrary(log)) throw new Error(log.message)
      if (level === 'warn') return
      report(level, log)
    },
  })
  await bundle.write({
    dir: folder,
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    minify: true,
    sourcemap: false,
    comments: { legal: false, jsdoc: false, annotation: true },
  })
  await bundle.close()
}

/**
 * The engine tells its version; the rest of package.json is nobody's business.
 * @param {string} manifest
 * @param {string} version
 * @returns {import('rolldown').Plugin}
 */
function shortManifest(manifest, version) {
  return { name: 'short-manifest', load: (id) => (id === manifest ? JSON.stringify({ version }) : null) }
}

/** @param {import('rolldown').RolldownLog} log */
function isInLibrary(log) {
  return (log.id ?? log.loc?.file ?? log.message).includes('node_modules')
}
