import type { EChartsType } from './echartsParts.ts'

/** Where the plot lies inside its chart, in CSS pixels, and how data map to it. A new object after every drawing. */
export interface ChartGeometry {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  toPixel(x: number, y: number): readonly [number, number]
  xAt(pixel: number): number
}

interface GridRect {
  x: number
  y: number
  width: number
  height: number
}

/** Geometry of a drawn chart; null while it has no size. */
export function chartGeometry(chart: EChartsType): ChartGeometry | null {
  // ECharts does not type its models: the grid's coordinate system has the plot's rectangle (`getRect`, stable since version 3).
  const grid = (
    chart as unknown as {
      getModel(): { getComponent(name: string): { coordinateSystem?: { getRect(): GridRect } } | undefined }
    }
  )
    .getModel()
    .getComponent('grid')
  const rect = grid?.coordinateSystem?.getRect()
  if (!rect || !(rect.width > 0)) return null
  return {
    left: rect.x,
    right: rect.x + rect.width,
    top: rect.y,
    bottom: rect.y + rect.height,
    toPixel(x, y) {
      const [px = NaN, py = NaN] = chart.convertToPixel({ gridIndex: 0 }, [x, y])
      return [px, py]
    },
    xAt: (pixel) => chart.convertFromPixel({ gridIndex: 0 }, [pixel, rect.y])[0] ?? NaN,
  }
}
