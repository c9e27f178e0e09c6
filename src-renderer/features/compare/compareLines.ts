import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { aggregate } from '#core/series/aggregate.ts'
import { quantileBands, type QuantileBands } from '#core/series/quantileBands.ts'
import type { Series } from '#shared/contract/series.ts'
import type { PlotLine } from '#figures/plot/plotLine.ts'
import { runStyle } from '#figures/plot/runStyle.ts'
import { seriesLine } from '../../charts/seriesLine.ts'
import type { CompareGroup } from './compareGroups.ts'
import type { SeedDisplay } from './compareQuery.ts'

/** More lines than this are shown as density. */
export const lineLimit = 24
/** More lines than this are drawn without what lies behind them: it would only hide the others. */
const behindLimit = 12

export interface CompareLines {
  readonly lines: readonly PlotLine[]
  /** The line of every single run, also of those that are drawn as a mean: for the values in the tray. */
  readonly runLines: ReadonlyMap<string, PlotLine>
  readonly density: QuantileBands | null
}

const studentFactor = (degreesOfFreedom: number): number => tQuantile(0.975, degreesOfFreedom)

function meanLine(group: CompareGroup, members: readonly PlotLine[], seeds: SeedDisplay): PlotLine {
  const summary = aggregate(members, studentFactor)
  const newest = members.map((line) => line.latest ?? line.y[line.y.length - 1] ?? Number.NaN)
  const hasBuckets = members.some(({ latest }) => latest !== undefined)
  return {
    id: group.id,
    label: group.label,
    ...runStyle(group.slot),
    x: summary.x,
    y: summary.mean,
    ...(hasBuckets ? { latest: newest.reduce((sum, value) => sum + value, 0) / newest.length } : {}),
    low: seeds === 'interval' ? summary.intervalLow : summary.minimum,
    high: seeds === 'interval' ? summary.intervalHigh : summary.maximum,
    width: 1.8,
  }
}

function withoutBehind(line: PlotLine): PlotLine {
  const { raw: _raw, low: _low, high: _high, ...rest } = line
  return rest
}

/**
 * The lines of one metric: seeds as their mean with a band, or one by one; other runs as they are. With more than `lineLimit` lines the quantiles
 * of all stand for them and only those in `pinnedIds` are drawn, unless `drawsAll`.
 */
export function compareLines(
  groups: readonly CompareGroup[],
  series: readonly Series[],
  options: { seeds: SeedDisplay; drawsAll: boolean; pinnedIds: readonly string[] },
): CompareLines {
  const byRun = new Map(series.filter((one) => one.x.length > 0).map((one) => [one.runId, one]))
  const runLines = new Map<string, PlotLine>()
  const lines: PlotLine[] = []
  for (const group of groups) {
    const members = group.runs.flatMap((run) => {
      const found = byRun.get(run.id)
      return found ? [seriesLine(found, { id: run.id, label: run.name, ...runStyle(group.slot) })] : []
    })
    for (const line of members) runLines.set(line.id, line)
    if (group.isSeeds && options.seeds !== 'each' && members.length > 1)
      lines.push(meanLine(group, members, options.seeds))
    else lines.push(...(group.isSeeds ? members.map((line) => ({ ...line, width: 1.2, alpha: 0.8 })) : members))
  }
  if (lines.length > lineLimit && !options.drawsAll) {
    return {
      lines: lines.filter((line) => options.pinnedIds.includes(line.id)),
      runLines,
      density: quantileBands(lines, [0, 0.1, 0.25, 0.75, 0.9, 1]),
    }
  }
  return { lines: lines.length > behindLimit ? lines.map(withoutBehind) : lines, runLines, density: null }
}
