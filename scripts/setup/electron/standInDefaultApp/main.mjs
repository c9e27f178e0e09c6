// What `electron FOLDER` does in a released Electron: load the application in that folder. An ES module whose
// top-level await makes `ready` wait for the application's main, so that it can still register protocol schemes.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app, dialog } from 'electron'

const position = process.argv.findIndex((argument, index) => index > 0 && !argument.startsWith('-'))
const folder = resolve(process.argv[position] ?? '.')

try {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  app.setName(manifest.productName ?? manifest.name ?? app.name)
  app.setVersion(manifest.version ?? app.getVersion())
  app.setAppPath(folder)
  // As in a released Electron, argument 1 is the application.
  if (position > 1) process.argv.splice(1, 0, ...process.argv.splice(position, 1))
  const main = createRequire(join(folder, 'package.json')).resolve(join(folder, manifest.main ?? 'index.js'))
  await import(pathToFileURL(main).href)
} catch (cause) {
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  process.stderr.write(`cannot start the application in ${folder}\n${text}\n`)
  if (process.env.DISPLAY || process.env.WAYLAND_DISPLAY) dialog.showErrorBox('Cannot start the application', text)
  app.exit(1)
}
