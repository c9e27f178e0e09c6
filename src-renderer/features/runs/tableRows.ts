import { areSeeds } from '#core/runs/runGroups.ts'
import { verdictNames, isVerdictId } from '#core/format/verdictNames.ts'
import type { RunRow } from '#shared/run.ts'
import { statusLooks } from '../../ui/statusText.ts'

export type Grouping = 'experiment' | 'verdict' | 'status' | 'none'

export type TableRow =
  | { kind: 'group'; key: string; title: string; runs: RunRow[]; areSeeds: boolean; isCollapsed: boolean }
  | { kind: 'run'; key: string; run: RunRow }

const namesOfGroupless: Record<Exclude<Grouping, 'none'>, string> = {
  experiment: 'No experiment',
  verdict: 'No verdict yet',
  status: '',
}

function groupTitle(run: RunRow, grouping: Exclude<Grouping, 'none'>): string {
  if (grouping === 'status') return statusLooks[run.status].text
  if (grouping === 'verdict') {
    const id = run.verdict?.id
    return id === undefined ? namesOfGroupless.verdict : isVerdictId(id) ? verdictNames[id] : id
  }
  return run.group ?? namesOfGroupless.experiment
}

/**
 * The runs as the table shows them: groups in the order of their first run, each followed by its runs unless it is collapsed.
 * Without any named group, the experiment grouping adds nothing and is left out. `sortByName` orders the runs of a group naturally (s2 before s10).
 */
export function tableRows(
  runs: readonly RunRow[],
  grouping: Grouping,
  collapsed: ReadonlySet<string>,
  sortByName: boolean,
): TableRow[] {
  const toRow = (run: RunRow): TableRow => ({ kind: 'run', key: run.id, run })
  if (grouping === 'none' || (grouping === 'experiment' && runs.every((run) => run.group === null)))
    return runs.map(toRow)
  const groups = new Map<string, RunRow[]>()
  for (const run of runs) {
    const title = groupTitle(run, grouping)
    const members = groups.get(title)
    if (members) members.push(run)
    else groups.set(title, [run])
  }
  return [...groups].flatMap(([title, members]) => {
    const key = `group:${title}`
    const isCollapsed = collapsed.has(key)
    const ordered = sortByName
      ? members.toSorted((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }))
      : members
    const group: TableRow = { kind: 'group', key, title, runs: members, areSeeds: areSeeds(members), isCollapsed }
    return isCollapsed ? [group] : [group, ...ordered.map(toRow)]
  })
}
