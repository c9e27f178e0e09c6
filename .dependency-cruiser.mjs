// Who may import whom: the table below is the layering of docs/architecture.md, checked.

/** What each folder may import of ours, beside itself. */
const layers = [
  { folder: 'src-shared', mayImport: [] },
  { folder: 'src-core', mayImport: ['src-shared'] },
  { folder: 'src-figures', mayImport: ['src-core', 'src-shared'] },
  { folder: 'src-engine', mayImport: ['src-figures', 'src-core', 'src-shared'] },
  { folder: 'src-main', mayImport: ['src-shared'] },
  { folder: 'src-renderer', mayImport: ['src-figures', 'src-core', 'src-shared'] },
]

/** What each folder of the engine may import of the engine, beside itself. */
const engineFolders = [
  { folder: 'files', mayImport: [] },
  {
    folder: 'runfile',
    mayImport: ['files'],
    comment: 'The run file is the contract between producers and viewers; it depends on neither.',
  },
  {
    folder: 'tensor',
    mayImport: [],
    comment: 'The wrapped tensor library knows nothing of runs, so that a second one can take its place.',
  },
  { folder: 'settings', mayImport: ['files'] },
  { folder: 'installation', mayImport: [] },
  { folder: 'workspace', mayImport: ['files', 'runfile'] },
  {
    folder: 'training',
    mayImport: ['tensor', 'files', 'runfile'],
    comment: 'A training worker lives on its own: it writes its run file and knows neither workspace nor protocol.',
  },
  { folder: 'recipes', mayImport: ['training'] },
  { folder: 'launching', mayImport: ['files', 'runfile', 'recipes', 'training'] },
  {
    folder: 'importers',
    mayImport: ['files', 'runfile'],
    comment: 'Importing works where no tensor library is set up.',
  },
  { folder: 'diagnosing', mayImport: ['workspace', 'runfile'] },
  { folder: 'reporting', mayImport: ['files', 'workspace', 'runfile', 'installation'] },
  { folder: 'doctor', mayImport: ['tensor', 'runfile', 'installation'] },
  { folder: 'tensorLibrary', mayImport: ['tensor', 'files', 'doctor'] },
  { folder: 'host', mayImport: ['(?!tensor/|training/|cli/)[^/]+'] },
  { folder: 'cli', mayImport: ['(?!tensor/|training/)[^/]+'] },
]

const engineRules = engineFolders.map(({ folder, mayImport, comment }) => ({
  name: `src-engine-${folder}-imports`,
  comment: comment ?? `src-engine/${folder} may import ${mayImport.join(', ') || 'nothing'} of the engine.`,
  from: { path: `^src-engine/${folder}/` },
  to: { path: '^src-engine/', pathNot: `^src-engine/(${[folder, ...mayImport].join('|')})/` },
}))

/** From what was recorded to the verdict across runs; each folder of the diagnostics may import itself and those before it. */
const diagnosticsFolders = ['observables', 'results', 'checks', 'verdict', 'acrossRuns']

const diagnosticsRules = diagnosticsFolders.map((folder, place) => ({
  name: `diagnostics-${folder}-imports`,
  comment: `src-core/diagnostics/${folder} may import ${diagnosticsFolders.slice(0, place).join(', ') || 'nothing'} of the diagnostics.`,
  from: { path: `^src-core/diagnostics/${folder}/` },
  to: {
    path: '^src-core/diagnostics/',
    pathNot: `^src-core/diagnostics/(${diagnosticsFolders.slice(0, place + 1).join('|')})/`,
  },
}))

const npm = (/** @type {string} */ names) => `^node_modules/(${names})(/|$)|^(${names})(/|$)`

/** Packages that only the parts made for them may import. */
const packageRules = [
  {
    name: 'sqlite-in-run-file-and-workspace',
    comment: 'SQL lives in runfile/ and workspace/; files/ takes locks by it.',
    from: { path: '^src-', pathNot: '^src-engine/(files|runfile|workspace)/' },
    to: { path: npm('better-sqlite3') },
  },
  {
    name: 'tensor-library-in-tensor',
    comment: 'The tensor library is loaded in tensor/ only.',
    from: { path: '^src-', pathNot: '^src-engine/tensor/' },
    to: { path: npm('@tensorflow/.+') },
  },
  {
    name: 'electron-in-main',
    comment: 'Only the shell knows Electron.',
    from: { path: '^src-', pathNot: '^src-main/' },
    to: { path: npm('electron') },
  },
  {
    name: 'vue-in-page',
    comment: 'Only the page knows Vue.',
    from: { path: '^src-', pathNot: '^src-renderer/' },
    to: { path: npm('vue|@vue/.+|reka-ui|@tanstack/.+') },
  },
  {
    name: 'charts-in-page-and-report',
    comment: 'Only the page and the report draw; the figures are built as data.',
    from: { path: '^src-', pathNot: '^src-(renderer|engine/reporting)/' },
    to: { path: npm('echarts'), dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'only-the-report-draws-in-the-engine',
    comment: 'The rest of the engine knows data, not how it looks.',
    from: { path: '^src-engine/', pathNot: '^src-engine/reporting/' },
    to: { path: '^src-figures/' },
  },
  {
    name: 'no-node-in-science-and-page',
    comment: 'src-core, src-figures, src-shared and the page run without Node: no I/O, no clock of the system.',
    from: { path: '^src-(core|figures|shared|renderer)/' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'preload-takes-the-contract-only',
    comment: 'The sandboxed preload: Electron, the contract, the names of the channels, and nothing else.',
    from: { path: '^src-main/preload/' },
    to: { pathNot: ['^src-main/preload/', '^src-main/bridge/channels\\.ts$', '^src-shared/', npm('electron')] },
  },
]

const generalRules = [
  { name: 'no-cycles', from: {}, to: { circular: true } },
  { name: 'no-unresolved', comment: 'An import that nothing answers.', from: {}, to: { couldNotResolve: true } },
  {
    name: 'features-are-separate',
    comment: 'Features share through ui/, charts/ or src-core, not through each other.',
    from: { path: '^src-renderer/features/([^/]+)/' },
    to: { path: '^src-renderer/features/([^/]+)/', pathNot: '^src-renderer/features/$1/' },
  },
  {
    name: 'sources-know-no-tests',
    from: { path: '^(src-|scripts/)' },
    to: { path: '^(test|benchmarks|calibration)/' },
  },
  {
    name: 'dependencies-are-declared',
    comment: 'What the application imports is a dependency of package.json.',
    from: { path: '^src-' },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
]

const layerRules = layers.map(({ folder, mayImport }) => ({
  name: `${folder}-imports`,
  comment: `${folder} may import ${mayImport.join(', ') || 'nothing of ours'}.`,
  from: { path: `^${folder}/` },
  to: { path: '^src-', pathNot: `^(${[folder, ...mayImport].join('|')})/` },
}))

export default {
  forbidden: [...layerRules, ...engineRules, ...diagnosticsRules, ...packageRules, ...generalRules].map((rule) => ({
    severity: 'error',
    ...rule,
  })),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.mts', '.mjs', '.cjs', '.js', '.json', '.vue', '.d.ts'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
}
