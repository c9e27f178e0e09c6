// node scripts/completeLockfile.mjs, after `npm install NAME`: adds to package-lock.json the packages for other
// platforms that a registry mirror does not hold. npm leaves such packages out, and `npm ci` then refuses the file.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { missingPlatformPackages } from './lockfile/missingPlatformPackages.mjs'
import { checkoutRoot } from './setup/locations.mjs'

const file = join(checkoutRoot, 'package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8'))
const missing = missingPlatformPackages(lock.packages)
const entries = Object.entries({ ...lock.packages, ...missing }).toSorted(([a], [b]) => a.localeCompare(b, 'en'))
writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(entries) }, null, 2)}\n`)
process.stdout.write(`${Object.keys(missing).length} packages added to package-lock.json\n`)
