import { installTensorLibrary } from '#engine/tensorLibrary/installTensorLibrary.ts'

// Run by installTensorLibrary.test.ts, which kills it: `install.ts ROOT WHEEL_AS_JSON`.
const [root = '', wheel = ''] = process.argv.slice(2)
await installTensorLibrary({
  root,
  kind: 'cpu',
  wheels: [JSON.parse(wheel)],
  neededBytes: 1,
  files: new Map(),
  withHeaders: false,
  replacesOthers: true,
  signal: new AbortController().signal,
  onProgress: (fraction) => process.stdout.write(`${fraction}\n`),
})
