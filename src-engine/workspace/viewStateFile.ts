import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorCodeOf, explainWriteError } from '#engine/files/sqliteErrors.ts'
import { writeFileAtomically } from '#engine/files/writeFileAtomically.ts'
import { viewStateSchema, type ViewState } from '#shared/contract/workspace.ts'

const viewFileName = 'view.json'

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EISDIR'].includes(errorCodeOf(cause))) return null
    throw cause
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {} // a selection is not worth an error: the default view takes its place
  }
}

/** The shared selection of a workspace; the default where none was saved or what was saved cannot be used. */
export function readViewState(folder: string): ViewState {
  const text = readText(join(folder, viewFileName))
  const parsed = viewStateSchema.safeParse(text === null ? {} : parseJson(text))
  return parsed.success ? parsed.data : viewStateSchema.parse({})
}

export function writeViewState(folder: string, view: ViewState): void {
  const path = join(folder, viewFileName)
  try {
    writeFileAtomically(path, `${JSON.stringify(view, null, 2)}\n`)
  } catch (cause) {
    throw explainWriteError(cause, path)
  }
}
