import { createRequire } from 'node:module'
import { join } from 'node:path'
import { buildFolder } from '../files/buildFolder.mjs'
import { childEnvironment, nodeExecutable } from '../locations.mjs'
import { runProgram } from '../runProgram.mjs'

const { include_dir: nodeHeaders } = createRequire(import.meta.url)('node-api-headers')
const sources = ['tfjs_backend.cc', 'tfjs_binding.cc']
const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']

/**
 * Compiles the addon of tfjs-node-gpu against the TensorFlow in `folder`, and loads it once.
 * @param {string} folder
 * @param {string} target folder of the addon
 * @param {import('../locations.mjs').Locations} locations
 * @param {import('../progress.mjs').Progress} progress
 */
export async function compileAddon(folder, target, locations, progress) {
  progress.line('tensor library: compiling the addon with g++, about 20 s')
  const packageFolder = join(locations.nodeModules, '@tensorflow', 'tfjs-node-gpu')
  const tensorflow = join(folder, 'tensorflow')
  await buildFolder(target, async (partial) => {
    const addon = join(partial, 'tfjs_binding.node')
    await runProgram('g++', compilerArguments(packageFolder, tensorflow, addon))
    await runProgram(nodeExecutable(locations), ['-e', `process.dlopen({ exports: {} }, ${JSON.stringify(addon)})`], {
      env: { ...childEnvironment(locations), TF_CPP_MIN_LOG_LEVEL: '3' },
    })
  })
}

/**
 * @param {string} packageFolder
 * @param {string} tensorflow
 * @param {string} addon
 */
function compilerArguments(packageFolder, tensorflow, addon) {
  const includes = [nodeHeaders, join(tensorflow, 'include'), packageFolder]
  return [
    ...['-std=c++17', '-O2', '-fPIC', '-shared', '-DNAPI_VERSION=8', '-w'],
    ...includes.map((include) => `-I${include}`),
    ...sources.map((source) => join(packageFolder, 'binding', source)),
    ...libraries.map((library) => join(tensorflow, library)),
    ...['-Wl,-rpath,$ORIGIN/../tensorflow', '-o', addon],
  ]
}
