import { readChartTheme } from '../../../src-renderer/charts/chartTheme.ts'
import type { ChartFrame } from '../../../src-renderer/charts/chartOption.ts'

/** Every token reads as its own name, so that a test sees which one was used. */
export const testTheme = readChartTheme((name) => (name.endsWith('-alpha') ? '0.5' : name))

export const testFrame: ChartFrame = { theme: testTheme, width: 600, height: 240 }
