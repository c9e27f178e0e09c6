import { CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import { GridComponent, MarkAreaComponent, MarkLineComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { ChartBuilder } from '#figures/plot/chartOption.ts'
import { lightTheme } from '#figures/plot/lightTheme.ts'

use([LineChart, ScatterChart, CustomChart, GridComponent, MarkLineComponent, MarkAreaComponent, SVGRenderer])

export interface ChartSize {
  readonly width: number
  readonly height: number
}

/** The chart as an `svg` element for an HTML page, with text as text, drawn without a window. */
export function svgOfChart(build: ChartBuilder, size: ChartSize): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size })
  try {
    chart.setOption(build({ theme: lightTheme(), ...size }))
    return slim(chart.renderToSVGString())
  } finally {
    chart.dispose()
  }
}

/** Without what serves a live chart only: name spaces (implied in HTML), hover styles, data of the server-side renderer, the font of the page. Texts hold no `<` or `>`. */
function slim(svg: string): string {
  return svg
    .replaceAll(/<style[\s\S]*?<\/style>/g, '')
    .replaceAll(/<[a-z][^<>]*>/g, (tag) =>
      tag
        .replaceAll(/ (?:ecmeta_\w+|class|pointer-events|xmlns(?::xlink)?|version|baseProfile)="[^"]*"/g, '')
        .replaceAll(/font-family:[^;"]*;?/g, ''),
    )
    .replaceAll('\n', '')
}
