// Draws resources/icons/*.png from ergoscope.svg with the Electron of this checkout. Needs a display; run after the
// drawing was changed: node scripts/renderIcons.mjs
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { _electron } from '@playwright/test'
import { installedElectron } from './setup/electron/installElectron.mjs'
import { locate } from './setup/locations.mjs'

const sizes = [16, 22, 24, 32, 48, 64, 128, 256, 512, 1024]
const locations = locate()
const icons = join(locations.root, 'resources', 'icons')
const drawing = readFileSync(join(icons, 'ergoscope.svg')).toString('base64')
const electron = installedElectron(locations)
if (electron === undefined) throw new Error('no Electron is set up: run npm start first')

const app = await _electron.launch({
  executablePath: electron.executable,
  args: ['--disable-gpu', '--no-sandbox', `--user-data-dir=${join(locations.state, 'icons')}`, locations.root],
})
const page = await app.firstWindow()
for (const size of sizes) {
  const png = await page.evaluate(
    async ([address, width]) => {
      const image = new Image()
      image.src = String(address)
      await image.decode()
      const canvas = new OffscreenCanvas(Number(width), Number(width))
      canvas.getContext('2d')?.drawImage(image, 0, 0, Number(width), Number(width))
      const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())
      return [...bytes]
    },
    [`data:image/svg+xml;base64,${drawing}`, size],
  )
  writeFileSync(join(icons, `${size}x${size}.png`), Buffer.from(png))
}
await app.close()
