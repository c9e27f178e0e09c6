import { readChartTheme } from '#figures/plot/chartTheme.ts'
import type { ChartFrame } from '#figures/plot/chartOption.ts'

/** Every token reads as its own name, so that a test sees which one was used. */
export const testTheme = readChartTheme((name) => (name.endsWith('-alpha') ? '0.5' : name))

export const testFrame: ChartFrame = { theme: testTheme, width: 600, height: 240 }
