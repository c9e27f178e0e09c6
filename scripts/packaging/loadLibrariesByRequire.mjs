/** The engine loads its tensor library by a `require` of Node's; to the bundler it must be its own. */
const nodeRequire = 'const require = createRequire(import.meta.url)'
const loaders = ['src-engine/tensor/tensorflow/loadTensorFlow.ts', 'src-engine/tensor/javascript/loadJavascript.ts']

/** tfjs-node asks node-pre-gyp, which belongs to npm's installation, where its addon is. */
const addonFinder = '@mapbox/node-pre-gyp'
/** Where the addon lies, below the bundled engine. */
export const tensorAddon = 'tensor/tfjs_binding.node'
const virtualAddonFinder = '\0addon-finder'

/**
 * Lets the bundler see the libraries that are loaded by `require`, and tells tfjs-node where its addon lies.
 * @returns {import('rolldown').Plugin}
 */
export function loadLibrariesByRequire() {
  return {
    name: 'load-libraries-by-require',
    resolveId: (source) => (source === addonFinder ? virtualAddonFinder : null),
    load: (id) =>
      id === virtualAddonFinder ? `export const find = () => import.meta.dirname + '/${tensorAddon}'` : null,
    transform(code, id) {
      if (!loaders.some((loader) => id.endsWith(loader))) return null
      if (!code.includes(nodeRequire)) throw new Error(`${id} no longer loads its library by "${nodeRequire}"`)
      return code.replace(nodeRequire, '')
    },
  }
}
