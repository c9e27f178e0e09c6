import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  testMatch: '**/*.spec.ts',
  // Two windows at once on two cores measure each other, not the application.
  workers: 1,
  fullyParallel: false,
  // The start of the application may take two further attempts of the launcher.
  timeout: 90_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
})
