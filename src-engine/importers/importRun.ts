import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { basename, extname, join, resolve } from 'node:path'
import type { RunConfig } from '#shared/run.ts'
import type { ImportPreview } from '#shared/contract/imports.ts'
import type { StartedRun } from '#shared/contract/training.ts'
import type { RunWriter } from '#engine/runfile/runFile.ts'
import { makeFolder } from '#engine/files/makeFolder.ts'
import { createRun } from '#engine/runfile/writer.ts'
import { readCsv } from './csv/readCsv.ts'
import { freeName } from './freeName.ts'
import { makeWhole } from './makeWhole.ts'
import { optimizerWarnings } from './optimizerWarnings.ts'
import { rolesByColumn, suggestRole } from './roles.ts'
import type { Table } from './table.ts'
import { stepColumnOf, toSeries } from './toSeries.ts'

export interface ImportRequest {
  workspacePath: string
  path: string
  /** Default: the file's name, with a number where a run has it already. */
  name?: string | undefined
  /** Names of the runs in the workspace. */
  takenNames: readonly string[]
  /** Role to columns; see docs/cli.md. */
  roles: Readonly<Record<string, readonly string[]>>
  config: RunConfig
  nowMs: number
}

export interface ImportResult {
  run: StartedRun
  /** Steps that the run covers. */
  stepCount: number
  pointCount: number
  /** Where the steps come from, for people. */
  stepSource: string
  warnings: string[]
}

const previewPoints = 400

/** What an import of this file would bring, without writing anything. */
export async function previewImport(path: string): Promise<ImportPreview> {
  const table = await readCsv(resolve(path))
  const { warnings } = toSeries(table)
  const stepColumn = stepColumnOf(table)
  const columns = table.columns.filter((column) => column !== stepColumn)
  return {
    path: table.path,
    format: table.format,
    rowCount: table.rowCount,
    stepSource: stepSourceOf(table),
    columns: columns.map((column) => ({
      name: column.name,
      kind: column.kind,
      pointCount: column.values.length,
      nonFiniteCount: column.values.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0),
      suggestedRole: column.kind === 'numeric' ? suggestRole(column.name) : null,
      preview: thin(column.values, previewPoints),
    })),
    warnings: [...table.warnings, ...warnings],
  }
}

/** Writes the file's numeric columns as a finished run, which appears when it is complete. Nothing is left behind when the file cannot be imported. */
export async function importRun(request: ImportRequest): Promise<ImportResult> {
  const table = await readCsv(resolve(request.path))
  const roles = rolesByColumn(table, request.roles)
  const { series, warnings } = toSeries(table)
  const name = request.name?.trim() || freeName(nameOfFile(request.path), request.takenNames)
  const id = randomUUID()
  const folder = join(request.workspacePath, `${folderName(name)}-${id.slice(0, 8)}`)
  makeFolder(request.workspacePath)
  const pointCount = makeWhole(folder, (aside) => writeRun(aside, { id, name, table, request, roles, series }))
  return {
    run: { id, name, path: folder },
    stepCount: stepCountOf(series),
    pointCount,
    stepSource: stepSourceOf(table),
    warnings: [...table.warnings, ...warnings, ...nameWarnings(name, request), ...optimizerWarnings(request.config)],
  }
}

const nameOfFile = (path: string): string => basename(path, extname(path))

/** A name that was asked for is given, even where it then means two runs. */
function nameWarnings(name: string, { path, takenNames }: ImportRequest): string[] {
  if (takenNames.includes(name))
    return [`another run is named '${name}', too: commands that take a RUN need the id of the one that is meant`]
  const own = nameOfFile(path)
  return takenNames.includes(own) && name.startsWith(`${own} (`)
    ? [`a run is named '${own}' already: this one is '${name}'`]
    : []
}

function stepSourceOf(table: Table): string {
  const column = stepColumnOf(table)
  return column ? `column '${column.name}'` : 'row number'
}

interface WriteInput {
  id: string
  name: string
  table: Table
  request: ImportRequest
  roles: Map<string, string[]>
  series: ReturnType<typeof toSeries>['series']
}

function writeRun(folder: string, { id, name, ...input }: WriteInput): number {
  const writer = createRun(folder, {
    id,
    name,
    group: null,
    tags: [],
    notes: '',
    source: 'imported',
    seed: null,
    createdAtMs: input.request.nowMs,
    host: hostname(),
    versions: {},
    plannedSteps: null,
    recipeYaml: null,
  })
  try {
    return fillRun(writer, input)
  } finally {
    writer.close()
  }
}

function fillRun(writer: RunWriter, { table, request, roles, series }: Omit<WriteInput, 'id' | 'name'>): number {
  writer.setConfig({ ...request.config, imported_from: basename(table.path) })
  let pointCount = 0
  for (const { name: metric, steps, values } of series) {
    const role = roles.get(metric)?.join(',') ?? null
    writer.defineMetric({
      name: metric,
      kind: 'scalar',
      dimension: 1,
      unit: '',
      description: `column '${metric}' of ${basename(table.path)}`,
      role,
    })
    pointCount += writer.logSeries(metric, steps, values)
  }
  writer.addEvent({ step: null, wallTimeMs: request.nowMs, kind: 'status', message: `imported from ${table.path}` })
  writer.finish('finished', '', request.nowMs)
  return pointCount
}

function stepCountOf(series: WriteInput['series']): number {
  let last = -1
  for (const { steps } of series) for (const step of steps) last = Math.max(last, step)
  return last + 1
}

/** Safe in every file system: letters, digits, dot, dash and underscore. */
function folderName(name: string): string {
  return (
    name
      .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
      .replace(/^[-.]+/, '')
      .slice(0, 60) || 'run'
  )
}

function thin(values: Float64Array, limit: number): Float64Array {
  if (values.length <= limit) return values
  return Float64Array.from(
    { length: limit },
    (_, i) => values[Math.round((i * (values.length - 1)) / (limit - 1))] ?? Number.NaN,
  )
}
