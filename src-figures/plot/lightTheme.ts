import { readChartTheme, type ChartTheme } from './chartTheme.ts'
import { lightTokens } from './lightTokens.ts'

/** The theme of exported pictures and reports, whatever theme the window has: papers are white. */
export function lightTheme(): ChartTheme {
  const tokens: Readonly<Record<string, string>> = lightTokens
  return readChartTheme((name) => tokens[name] ?? '')
}
