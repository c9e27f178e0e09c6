import { experimentTitle, settingsTitle } from '#core/runs/experimentTitle.ts'
import { lawSettings } from '#core/runs/lawSettings.ts'
import { areSeeds, differingKeys, experimentKey } from '#core/runs/runGroups.ts'
import { settingsOf } from '#core/runs/settingsOf.ts'
import { verdictNames, isVerdictId } from '#core/format/verdictNames.ts'
import type { RunRow } from '#shared/run.ts'
import { statusLooks } from '../../ui/statusText.ts'

export type Grouping = 'experiment' | 'verdict' | 'status' | 'none'

export interface GroupTableRow {
  kind: 'group'
  key: string
  title: string
  runs: RunRow[]
  areSeeds: boolean
  /** Whether the runs have something in common, so that a mean or a range of them says something. */
  belongTogether: boolean
  isCollapsed: boolean
}

export type TableRow = GroupTableRow | { kind: 'run'; key: string; run: RunRow }

interface RunGroup {
  key: string
  title: string
  runs: RunRow[]
}

/** One group for each title, in the order of its first run. */
function groupsByTitle(runs: readonly RunRow[], titleOf: (run: RunRow) => string): RunGroup[] {
  return [...Map.groupBy(runs, titleOf)].map(([title, members]) => ({ key: `group:${title}`, title, runs: members }))
}

/** Where two of several experiments would be called the same, what tells them apart is added: settings of their law that the runs of each share. */
function withDistinctNames(groups: readonly RunGroup[]): RunGroup[] {
  const byTitle = Map.groupBy(groups, ({ title }) => title)
  return groups.map((group) => {
    const namesakes = byTitle.get(group.title) ?? []
    const [first] = group.runs
    if (namesakes.length < 2 || first === undefined) return group
    const differing = new Set(differingKeys(namesakes.flatMap(({ runs }) => runs)))
    const notShared = new Set(differingKeys(group.runs))
    const settings = [...lawSettings(settingsOf(first))].filter(([key]) => differing.has(key) && !notShared.has(key))
    const parts = [group.title, settingsTitle(new Map(settings))]
    return { ...group, title: parts.filter((part) => part !== '').join(', ') }
  })
}

const groupless = 'No experiment'

/** By the group that runs were trained in; of the others those that are one experiment by their settings, and last place for who is alone. */
function groupsByExperiment(runs: readonly RunRow[]): RunGroup[] {
  const keys = new Map(runs.map((run) => [run.id, run.group === null ? experimentKey(run) : `group:${run.group}`]))
  const found = [...Map.groupBy(runs, ({ id }) => keys.get(id) ?? '')]
  const isTogether = ([, members]: [string, RunRow[]]): boolean => members.length > 1 || members[0]?.group !== null
  const experiments = found
    .filter(isTogether)
    .map(([key, members]) => ({ key, title: experimentTitle(members), runs: members }))
  const alone = found.filter((one) => !isTogether(one)).flatMap(([, members]) => members)
  const rest = alone.length > 0 ? [{ key: groupless, title: groupless, runs: alone }] : []
  return [...withDistinctNames(experiments), ...rest]
}

function groupsOf(runs: readonly RunRow[], grouping: Grouping): RunGroup[] {
  if (grouping === 'none') return []
  if (grouping === 'status') return groupsByTitle(runs, ({ status }) => statusLooks[status].text)
  if (grouping === 'verdict') return groupsByTitle(runs, verdictTitle)
  const groups = groupsByExperiment(runs)
  return groups.every(({ key }) => key === groupless) ? [] : groups
}

function verdictTitle({ verdict }: RunRow): string {
  if (verdict === null) return 'No verdict yet'
  return isVerdictId(verdict.id) ? verdictNames[verdict.id] : verdict.id
}

/**
 * The runs as the table shows them: groups in the order of their first run, each followed by its runs unless it is collapsed; runs of no experiment come last.
 * Without any experiment that grouping adds nothing and is left out. `sortByName` orders the runs of a group naturally (s2 before s10).
 */
export function tableRows(
  runs: readonly RunRow[],
  grouping: Grouping,
  collapsed: ReadonlySet<string>,
  sortByName: boolean,
): TableRow[] {
  const toRow = (run: RunRow): TableRow => ({ kind: 'run', key: run.id, run })
  const groups = groupsOf(runs, grouping)
  if (groups.length === 0) return runs.map(toRow)
  return groups.flatMap((group): TableRow[] => {
    const isCollapsed = collapsed.has(group.key)
    const ordered = sortByName
      ? group.runs.toSorted((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }))
      : group.runs
    const heading: GroupTableRow = {
      kind: 'group',
      ...group,
      areSeeds: areSeeds(group.runs),
      belongTogether: group.key !== groupless,
      isCollapsed,
    }
    return isCollapsed ? [heading] : [heading, ...ordered.map(toRow)]
  })
}
