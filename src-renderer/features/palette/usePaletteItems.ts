import { Activity, ListFilter, Tag, Zap } from '@lucide/vue'
import { computed } from 'vue'
import type { Component, ComputedRef } from 'vue'
import { formatCounted } from '#core/format/formatCount.ts'
import { statusLooks } from '../../ui/statusText.ts'
import type { AppContext } from '../../app/appContext.ts'
import type { Command } from '../../app/commandStore.ts'
import type { PaletteItem } from './paletteItems.ts'

/** First character of the query that narrows the list, with what is listed then. */
const prefixes: Record<string, string> = { '>': 'Actions', '#': 'Tags', '=': 'Filter' }

export interface PaletteQuery {
  /** Empty for all sections. */
  section: string
  text: string
}

export function parsePaletteQuery(input: string): PaletteQuery {
  const section = prefixes[input.charAt(0)]
  return section === undefined ? { section: '', text: input } : { section, text: input.slice(1) }
}

type Needs = Pick<AppContext, 'commands' | 'workspace' | 'route'>

/** Everything that can be reached: commands and pages, runs, metrics, tags, and the query itself as a filter. */
export function usePaletteItems(
  { commands, workspace, route }: Needs,
  query: () => PaletteQuery,
): ComputedRef<PaletteItem[]> {
  const runs = computed(() => [...workspace.runs.value.values()])

  function fromCommand(command: Command): PaletteItem {
    const isPage = command.section === 'Go to'
    return {
      id: command.id,
      section: isPage ? 'Pages' : 'Actions',
      title: command.title,
      detail: isPage ? 'page' : '',
      keys: command.keys?.[0] ?? '',
      icon: command.icon ?? Zap,
      run: command.run,
    }
  }

  const commandItems = computed(() => {
    const listed = commands.commands.value.filter(
      (command) => command.isKeyOnly !== true && (command.isEnabled?.() ?? true),
    )
    return listed.map(fromCommand).toSorted((one, other) => one.section.localeCompare(other.section))
  })

  const runItems = computed(() =>
    runs.value.map((run): PaletteItem => ({
      id: `run:${run.id}`,
      section: 'Runs',
      title: run.name,
      detail: statusLooks[run.status].text.toLowerCase(),
      keys: '',
      icon: Activity,
      run: () => route.goToRun(run.id),
    })),
  )

  function showMetric(name: string): void {
    if (workspace.selectedRuns.value.length > 0) route.go('compare', { panels: name })
    else route.go('runs', { filter: `metrics."${name}".count > 0` })
  }

  const metricItems = computed(() =>
    counted(runs.value.map((run) => Object.keys(run.metrics))).map(([name, count]): PaletteItem => ({
      id: `metric:${name}`,
      section: 'Metrics',
      title: name,
      detail: formatCounted(count, 'run'),
      keys: '',
      icon: Activity,
      run: () => showMetric(name),
    })),
  )

  const tagItems = computed(() =>
    counted(runs.value.map((run) => run.tags)).map(([tag, count]) =>
      filterItem('Tags', Tag, tag, `tag = ${JSON.stringify(tag)}`, formatCounted(count, 'run')),
    ),
  )

  function filterItem(section: string, icon: Component, title: string, filter: string, detail: string): PaletteItem {
    return { id: `filter:${filter}`, section, title, detail, keys: '', icon, run: () => route.go('runs', { filter }) }
  }

  return computed(() => {
    const { section, text } = query()
    if (section === 'Filter')
      return text.trim() === '' ? [] : [filterItem('Filter', ListFilter, text.trim(), text.trim(), 'show these runs')]
    const all = [...runItems.value, ...metricItems.value, ...commandItems.value, ...tagItems.value]
    if (section !== '')
      return all.filter((item) => item.section === section || (section === 'Actions' && item.section === 'Pages'))
    return text.trim() === '' ? [...commandItems.value, ...runItems.value] : all
  })
}

/** Every text with the number of lists that hold it, in alphabetical order. */
function counted(lists: readonly (readonly string[])[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const list of lists) for (const text of new Set(list)) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].toSorted(([one], [other]) => one.localeCompare(other))
}
