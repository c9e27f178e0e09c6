import type { Component } from 'vue'
import { fuzzyMatch } from './fuzzyMatch.ts'

export interface PaletteItem {
  id: string
  section: string
  title: string
  /** Grey, at the right: what it is, where it is. */
  detail: string
  keys: string
  icon: Component
  run: () => void
}

export interface RankedItem extends PaletteItem {
  indices: readonly number[]
}

export interface PaletteSection {
  title: string
  items: RankedItem[]
}

const perSection = 7
const recentShown = 5

interface Ranked {
  item: RankedItem
  score: number
}

/**
 * What the palette lists for a query: the best of every section, the section with the best match first.
 * Without a query, what was used last stands first, then every section's beginning.
 */
export function rankItems(
  items: readonly PaletteItem[],
  query: string,
  recentIds: readonly string[],
): PaletteSection[] {
  if (query.trim() === '') return withoutQuery(items, recentIds)
  const bySection = new Map<string, Ranked[]>()
  for (const item of items) {
    const match = fuzzyMatch(query, item.title)
    if (!match) continue
    const recency = recentIds.includes(item.id) ? 2 : 0
    const ranked: Ranked = { item: { ...item, indices: match.indices }, score: match.score + recency }
    const list = bySection.get(item.section)
    if (list) list.push(ranked)
    else bySection.set(item.section, [ranked])
  }
  const sections = [...bySection].map(([title, found]) => ({
    title,
    found: found.toSorted((one, other) => other.score - one.score),
  }))
  sections.sort((one, other) => (other.found[0]?.score ?? 0) - (one.found[0]?.score ?? 0))
  return sections.map(({ title, found }) => ({ title, items: found.slice(0, perSection).map(({ item }) => item) }))
}

function withoutQuery(items: readonly PaletteItem[], recentIds: readonly string[]): PaletteSection[] {
  const plain = items.map((item): RankedItem => ({ ...item, indices: [] }))
  const recent = recentIds.slice(0, recentShown).flatMap((id) => plain.find((item) => item.id === id) ?? [])
  const sections = new Map<string, RankedItem[]>()
  for (const item of plain) {
    const list = sections.get(item.section) ?? []
    sections.set(item.section, list)
    if (list.length < perSection) list.push(item)
  }
  const rest = [...sections].map(([title, list]) => ({ title, items: list }))
  return recent.length > 0 ? [{ title: 'Recent', items: recent }, ...rest] : rest
}
