import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  testMatch: '**/*.spec.ts',
  // Two windows at once on two cores measure each other, not the application.
  workers: 1,
  fullyParallel: false,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // Real windows of real processes on a shared machine: what passes only the second time is named in the summary of npm test, as a fault to find.
  retries: 1,
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
})
