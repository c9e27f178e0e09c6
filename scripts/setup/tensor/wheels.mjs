/** TensorFlow that the addon is compiled against and runs on. */
export const tensorflowVersion = '2.21.0'

/** @typedef {import('../download/pipWheel.mjs').Wheel} Wheel */

/**
 * Wheels of each kind of build, pinned. The CUDA build takes the libraries that TensorFlow's `and-cuda` extra names,
 * all of CUDA 12.9.
 * @type {Record<'cpu' | 'cuda', Wheel[]>}
 */
export const wheels = {
  cpu: [
    {
      project: 'tensorflow-cpu',
      version: tensorflowVersion,
      platform: 'manylinux_2_27_x86_64',
      file: `tensorflow_cpu-${tensorflowVersion}-cp312-cp312-manylinux_2_27_x86_64.whl`,
      sha256: 'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
      bytes: 274_000_000,
    },
  ],
  cuda: [],
}
