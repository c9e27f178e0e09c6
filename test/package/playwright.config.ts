import { defineConfig } from '@playwright/test'

/** One step leads to the next: install, use, upgrade, remove. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/package',
  testMatch: '**/*.spec.ts',
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
})
