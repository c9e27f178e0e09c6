import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

/** Everything but Electron itself is bundled: the installed application holds no node_modules. */
const bundled = { externalizeDeps: false, minify: true, sourcemap: false } as const

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
    plugins: [vue()],
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
