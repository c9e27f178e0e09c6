import type { LibraryKind } from '#engine/tensor/tensorflow/libraryPlaces.ts'

/** One file of the Python package index that holds libraries. Name, version and platform are in the name of the file (PEP 427). */
export interface Wheel {
  project: string
  version: string
  /** Tag of the wheel, e.g. manylinux_2_27_x86_64. */
  platform: string
  file: string
  sha256: string
  bytes: number
}

/** Wheels of each kind of build, pinned. The CUDA build takes the libraries that TensorFlow's `and-cuda` extra names, all of CUDA 12.9. */
export const wheels: Readonly<Record<LibraryKind, readonly Wheel[]>> = {
  cpu: [
    wheel(
      'tensorflow_cpu-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl',
      'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
      274_000_871,
    ),
  ],
  cuda: [
    wheel(
      'tensorflow-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl',
      'b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0',
      572_611_111,
    ),
    wheel(
      'nvidia_cublas_cu12-12.9.3.13-py3-none-manylinux_2_27_x86_64.whl',
      'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72',
      581_217_458,
    ),
    wheel(
      'nvidia_cuda_cupti_cu12-12.9.79-py3-none-manylinux_2_25_x86_64.whl',
      '096bcf334f13e1984ba36685ad4c1d6347db214de03dbb6eebb237b41d9d934f',
      10_814_997,
    ),
    wheel(
      'nvidia_cuda_nvcc_cu12-12.9.86-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl',
      '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0',
      40_546_229,
    ),
    wheel(
      'nvidia_cuda_nvrtc_cu12-12.9.86-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl',
      '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
      89_568_129,
    ),
    wheel(
      'nvidia_cuda_runtime_cu12-12.9.79-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
      '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
      3_493_179,
    ),
    wheel(
      'nvidia_cudnn_cu12-9.28.0.42-py3-none-manylinux_2_27_x86_64.whl',
      '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375',
      716_538_495,
    ),
    wheel(
      'nvidia_cufft_cu12-11.4.1.4-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
      'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
      200_877_592,
    ),
    wheel(
      'nvidia_curand_cu12-10.3.10.19-py3-none-manylinux_2_27_x86_64.whl',
      '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e',
      68_295_626,
    ),
    wheel(
      'nvidia_cusolver_cu12-11.7.5.82-py3-none-manylinux_2_27_x86_64.whl',
      '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
      338_117_415,
    ),
    wheel(
      'nvidia_cusparse_cu12-12.5.10.65-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
      '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
      366_465_088,
    ),
    wheel(
      'nvidia_nccl_cu12-2.32.3-py3-none-manylinux_2_27_x86_64.whl',
      'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c',
      351_526_311,
    ),
    wheel(
      'nvidia_nvjitlink_cu12-12.9.86-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl',
      'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
      39_748_338,
    ),
  ],
}

/** Free space that fetching and unpacking take: the wheels, and what is kept of them. */
export const neededBytes: Readonly<Record<LibraryKind, number>> = { cpu: 1.2e9, cuda: 11e9 }

function wheel(file: string, sha256: string, bytes: number): Wheel {
  const [project = '', version = '', , , platforms = ''] = file.slice(0, -'.whl'.length).split('-')
  return {
    project: project.replaceAll('_', '-'),
    version,
    platform: platforms.split('.').at(-1) ?? '',
    file,
    sha256,
    bytes,
  }
}
