// Remembers a workspace in the settings, as it is told, at the very moment that it is told. Argument: the path of the workspace.
import { createSettingsStore } from '#engine/settings/settingsStore.ts'

const [path = ''] = process.argv.slice(2)

process.on('message', ({ file, atMs }: { file: string; atMs: number }) => {
  while (Date.now() < atMs);
  createSettingsStore(() => {}, file).rememberWorkspace(path, 1, 1)
  process.send?.('remembered')
})
process.send?.('ready')
