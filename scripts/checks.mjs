/**
 * The checks of `npm run check`: name, tool (a script below node_modules) and its arguments.
 * @type {{ name: string, tool: string, args: string[] }[]}
 */
export const checks = [
  { name: 'types-web', tool: 'vue-tsc/bin/vue-tsc.js', args: ['--noEmit', '-p', 'tsconfig.web.json'] },
  {
    name: 'lint',
    tool: 'oxlint/bin/oxlint',
    args: ['--type-aware', '--deny-warnings', '--report-unused-disable-directives'],
  },
  { name: 'types-node', tool: '@typescript/native/bin/tsc', args: ['--noEmit', '-p', 'tsconfig.node.json'] },
  { name: 'types-core', tool: '@typescript/native/bin/tsc', args: ['--noEmit', '-p', 'tsconfig.core.json'] },
  { name: 'types-e2e', tool: '@typescript/native/bin/tsc', args: ['--noEmit', '-p', 'tsconfig.e2e.json'] },
  { name: 'types-scripts', tool: '@typescript/native/bin/tsc', args: ['--noEmit', '-p', 'tsconfig.scripts.json'] },
  {
    name: 'imports',
    tool: 'dependency-cruiser/bin/dependency-cruiser.mjs',
    args: [
      '--config',
      '.dependency-cruiser.mjs',
      'src-shared',
      'src-core',
      'src-figures',
      'src-engine',
      'src-main',
      'src-renderer',
      'scripts',
    ],
  },
  {
    name: 'lint-vue',
    tool: 'eslint/bin/eslint.js',
    args: ['--max-warnings', '0', '--no-error-on-unmatched-pattern', 'src-renderer/**/*.vue'],
  },
  { name: 'unused', tool: 'knip/bin/knip.js', args: [] },
  { name: 'format', tool: 'oxfmt/bin/oxfmt', args: ['--check'] },
]
