import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

/** Everything but Electron itself is bundled: the installed application holds no node_modules. */
const bundled = { externalizeDeps: false, minify: true, sourcemap: false } as const

/** Every Chromium has generators; the statistics library would try an eval to find out, which the page's policy refuses and reports. */
const knownGenerators = {
  name: 'known-generators',
  load: (id: string) =>
    id.endsWith('/assert-has-generator-support/lib/index.js') ? 'module.exports = () => true' : null,
}

export default defineConfig({
  main: {
    build: {
      ...bundled,
      outDir: 'out/main',
      rollupOptions: { input: 'src-main/index.ts', output: { format: 'es', entryFileNames: 'index.js' } },
    },
  },
  preload: {
    build: {
      ...bundled,
      outDir: 'out/preload',
      // A sandboxed preload is CommonJS and one file.
      rollupOptions: { input: 'src-main/preload/preload.ts', output: { format: 'cjs', entryFileNames: 'preload.cjs' } },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [vue(), knownGenerators],
    build: {
      minify: true,
      outDir: 'out/renderer',
      target: 'chrome130',
      // Inlined files would need `data:` in the policy of fonts and styles.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: 'src-renderer/index.html' },
    },
  },
})
