import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { nodeExecutable } from '../setup/locations.mjs'
import { listFiles } from './listFiles.mjs'
import { productionPackages } from './productionPackages.mjs'

/** Texts that Electron brings; in the packed application they lie beside its program. */
export const electronLicences = ['LICENSE.electron.txt', 'LICENSES.chromium.html']

/**
 * Gathers the licence texts of everything that is packed into a folder, which is made anew.
 * @param {import('../setup/locations.mjs').Locations} locations
 * @param {string} electronDist
 * @param {string} folder
 */
export function writeLicences(locations, electronDist, folder) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const standardTexts = join(locations.root, 'resources', 'licences')
  copyFileSync(join(locations.root, 'LICENSE'), join(folder, 'ergoscope.txt'))
  copyFileSync(join(standardTexts, 'README.txt'), join(folder, 'README.txt'))
  copyFileSync(join(dirname(dirname(nodeExecutable(locations))), 'LICENSE'), join(folder, 'node.txt'))
  const texts = productionPackages(locations.root).map((found) => ({
    ...found,
    text: licenceText(found, standardTexts),
  }))
  writeFileSync(join(folder, 'npm-packages.txt'), joinTexts(texts))
  for (const name of electronLicences) {
    // The name of Electron's own licence in its archive differs between its releases and what is made of them.
    const source = readdirSync(electronDist).find((file) => file === name) ?? 'LICENSE'
    copyFileSync(join(electronDist, source), join(folder, name))
  }
}

/**
 * The text in the package: a file, or the part of its read-me; else the standard text of the licence that it declares.
 * @param {import('./productionPackages.mjs').ProductionPackage} found
 * @param {string} standardTexts
 */
export function licenceText({ name, version, licence, folder }, standardTexts) {
  const files = listFiles(folder)
    .map(({ path }) => path)
    .filter((path) => /^(licen[cs]e|copying|notice)/i.test(path))
  if (files.length > 0) return files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n')
  const readMe = readdirSync(folder).find((file) => /^readme(\.md|\.txt)?$/i.test(file))
  const part = readMe && /^#*\s*licen[cs]e\b[^]*/im.exec(readFileSync(join(folder, readMe), 'utf8'))?.[0]
  if (part && /copyright/i.test(part)) return part.trim()
  const ids = licence.split(/ AND | OR |[()]/).filter(Boolean)
  const { author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const holder = typeof author === 'string' ? author : (author?.name ?? `the authors of ${name}`)
  const texts = ids.map((id) => readFileSync(join(standardTexts, `${id}.txt`), 'utf8').trim())
  return [
    `${name} ${version}: copyright ${holder}; its package holds no text. The licence that it declares:`,
    ...texts,
  ].join('\n\n')
}

/**
 * Each text once, under the packages that it is the licence of.
 * @param {(import('./productionPackages.mjs').ProductionPackage & { text: string })[]} packages
 */
function joinTexts(packages) {
  /** @type {Map<string, string[]>} */
  const byText = new Map()
  for (const { name, version, licence, text } of packages) {
    const names = byText.get(text) ?? []
    names.push(`${name} ${version} (${licence})`)
    byText.set(text, names)
  }
  const rule = '='.repeat(100)
  return [...byText].map(([text, names]) => `${rule}\n${names.join('\n')}\n${rule}\n\n${text}\n`).join('\n')
}
