import { computed, type ComputedRef } from 'vue'
import { useApp } from '../app/appContext.ts'
import { fileName } from '../app/fileName.ts'
import type { MenuEntry } from '../ui/menuItem.ts'
import type { ChartPicture } from './exportChart.ts'

/** What a chart can be exported as; reactive properties of its panel. */
export interface ChartSource {
  readonly title: string
  readonly picture?: (() => ChartPicture) | undefined
  /** What is drawn, as CSV. */
  readonly table?: (() => string) | undefined
  /** Everything behind the chart, as JSON. */
  readonly json?: (() => string) | undefined
}

export interface ChartExports {
  /** Entries of the menu; none where there is nothing to export. */
  readonly exports: ComputedRef<MenuEntry[]>
  savePicture: (kind: 'svg' | 'png', column: 'one' | 'two') => Promise<void>
}

/** Saves a chart as picture or table, and copies its numbers. */
export function useChartExports(source: ChartSource): ChartExports {
  const { shell, toasts } = useApp()

  async function save(extension: string, make: () => Promise<string | Uint8Array>): Promise<void> {
    try {
      const path = await shell.saveFile(`${fileName(source.title, 'chart')}.${extension}`, await make())
      if (path !== null) toasts.show(`Saved ${path}`)
    } catch (thrown) {
      toasts.showError(thrown)
    }
  }

  async function savePicture(kind: 'svg' | 'png', column: 'one' | 'two'): Promise<void> {
    const { chartPng, chartSvg, columnWidthsPx } = await import('./exportChart.ts')
    const { picture } = source
    if (picture)
      await save(kind, async () =>
        kind === 'svg' ? chartSvg(picture(), columnWidthsPx[column]) : chartPng(picture(), columnWidthsPx[column]),
      )
  }

  async function copy(name: string, text: string): Promise<void> {
    try {
      await shell.copyText(text)
      toasts.show(`${name} copied`)
    } catch (thrown) {
      toasts.showError(thrown)
    }
  }

  const exports = computed<MenuEntry[]>(() => {
    const { table, json } = source
    const item = (label: string, detail: string, onSelect: () => Promise<void>): MenuEntry => ({
      kind: 'item',
      label,
      detail,
      onSelect: () => void onSelect(),
    })
    return [
      ...(source.picture
        ? [
            item('SVG, one column', '89 mm', () => savePicture('svg', 'one')),
            item('SVG, two columns', '183 mm', () => savePicture('svg', 'two')),
            item('PNG, two columns', '300 dpi', () => savePicture('png', 'two')),
          ]
        : []),
      ...(table
        ? [
            item('CSV', 'what is drawn', () => save('csv', async () => table())),
            item('Copy as CSV', 'what is drawn', () => copy('CSV', table())),
          ]
        : []),
      ...(json ? [item('Copy as JSON', 'every number', () => copy('JSON', json()))] : []),
    ]
  })

  return { exports, savePicture }
}
