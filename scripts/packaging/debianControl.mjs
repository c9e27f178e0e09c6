/**
 * Packages whose libraries Electron is linked to, and xdg-utils, which opens links in the browser. Newer releases end
 * some of the names in `t64`.
 */
const libraries = [
  ...['libatk-bridge2.0-0', 'libatk1.0-0', 'libatspi2.0-0', 'libasound2', 'libcups2', 'libglib2.0-0', 'libgtk-3-0'],
  ...[
    'libc6 (>= 2.34)',
    'libcairo2',
    'libdbus-1-3',
    'libdrm2',
    'libexpat1',
    'libgbm1',
    'libgcc-s1',
    'libnspr4',
    'libnss3',
  ],
  ...['libpango-1.0-0', 'libudev1', 'libx11-6', 'libxcb1', 'libxcomposite1', 'libxdamage1', 'libxext6', 'libxfixes3'],
  ...['libxkbcommon0', 'libxrandr2', 'libstdc++6 (>= 11)', 'xdg-utils'],
]
const renamed = new Set([
  'libatk-bridge2.0-0',
  'libatk1.0-0',
  'libatspi2.0-0',
  'libasound2',
  'libcups2',
  'libglib2.0-0',
  'libgtk-3-0',
])

/**
 * The control file of the Debian package.
 * @param {object} options
 * @param {import('./stageApplication.mjs').Product} options.product
 * @param {string} options.architecture
 * @param {number} options.installedKilobytes
 */
export function debianControl({ product, architecture, installedKilobytes }) {
  return `Package: ergoscope
Version: ${product.version}
Architecture: ${architecture}
Maintainer: ${product['author']}
Installed-Size: ${installedKilobytes}
Section: science
Priority: optional
Depends: ${debianDependencies().join(', ')}
Description: microscope for training dynamics
 Trains neural networks, or opens runs that were recorded elsewhere, and answers
 with statistics whether the weights stopped or only settled into a distribution.
 .
 The window and the command line "ergoscope" are included, TensorFlow is not: it
 is fetched when it is wanted, and recorded runs are analysed without it.
`
}

export function debianDependencies() {
  return libraries.map((name) => (renamed.has(name) ? `${name} | ${name}t64` : name))
}
