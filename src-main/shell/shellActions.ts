import { writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { app, clipboard, dialog, nativeTheme, shell, type BrowserWindow } from 'electron'
import { z } from 'zod'
import { ErgoscopeError } from '#shared/errors.ts'
import type { OpenTarget } from '#shared/contract/bridge.ts'
import { openExternalSafely } from '../security/openExternal.ts'
import { targetOfDropped } from '../start/openTarget.ts'
import { createSavePlace } from './savePlace.ts'

const savePlace = createSavePlace(() => [app.getPath('documents'), homedir()])

const text = z.string().max(10_000_000)
const path = z.string().min(1).max(10_000).refine(isAbsolute, 'must be an absolute path')

/** What the page asks of the desktop: a name and its arguments, as they come over the bridge. */
const shellMessageSchema = z.union([
  z.tuple([z.literal('chooseFolder'), text]),
  z.tuple([z.literal('chooseFiles'), text, z.array(z.string().regex(/^[a-z0-9.]+$/i))]),
  z.tuple([z.literal('saveFile'), text, z.union([z.string(), z.instanceof(Uint8Array)])]),
  z.tuple([z.literal('chooseSavePath'), text]),
  z.tuple([z.literal('copyText'), text]),
  z.tuple([z.literal('openExternal'), text]),
  z.tuple([z.literal('showInFolder'), path]),
  z.tuple([z.literal('setTheme'), z.enum(['system', 'light', 'dark'])]),
  z.tuple([z.literal('defaultWorkspacePath')]),
  z.tuple([z.literal('openDropped'), z.union([path, z.literal('')])]),
  z.tuple([z.literal('restartEngine')]),
])

/** What the actions act on. */
export interface Desktop {
  readonly window: BrowserWindow
  readonly open: (target: OpenTarget) => void
  readonly restartEngine: () => void
}

/** Performs one action. Throws ErgoscopeError in one line when it is not allowed or cannot be done. */
export async function performShellAction({ window, open, restartEngine }: Desktop, message: unknown): Promise<unknown> {
  const parsed = shellMessageSchema.safeParse(message)
  if (!parsed.success)
    throw new ErgoscopeError('bad-request', 'The desktop has no such action, or its arguments are wrong')
  const action = parsed.data
  switch (action[0]) {
    case 'chooseFolder':
      return (await choose(window, { title: action[1], properties: ['openDirectory', 'createDirectory'] }))[0] ?? null
    case 'chooseFiles':
      return choose(window, {
        title: action[1],
        properties: ['openFile', 'multiSelections'],
        filters:
          action[2].length === 0
            ? []
            : [{ name: action[2].map((extension) => `.${extension}`).join(', '), extensions: action[2] }],
      })
    case 'saveFile':
      return saveFile(window, action[1], action[2])
    case 'chooseSavePath':
      return chooseSavePath(window, action[1])
    case 'copyText':
      return clipboard.writeText(action[1])
    case 'openExternal':
      return openExternalSafely(action[1])
    case 'showInFolder':
      return shell.showItemInFolder(action[1])
    case 'setTheme':
      nativeTheme.themeSource = action[1]
      return undefined
    case 'defaultWorkspacePath':
      return join(homedir(), 'Ergoscope')
    case 'openDropped':
      if (action[1] === '')
        throw new ErgoscopeError('bad-request', 'What was dropped is no file or folder of this machine')
      return open(targetOfDropped(action[1]))
    case 'restartEngine':
      return restartEngine()
  }
}

async function choose(window: BrowserWindow, options: Electron.OpenDialogOptions): Promise<string[]> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, options)
  return canceled ? [] : filePaths
}

async function chooseSavePath(window: BrowserWindow, suggestedName: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: savePlace.suggest(suggestedName) })
  if (canceled || filePath === '') return null
  savePlace.remember(filePath)
  return filePath
}

async function saveFile(
  window: BrowserWindow,
  suggestedName: string,
  content: string | Uint8Array,
): Promise<string | null> {
  const chosen = await chooseSavePath(window, suggestedName)
  if (chosen === null) return null
  try {
    await writeFile(chosen, content)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ErgoscopeError('read-only', `${chosen} could not be written: ${reason}`, { cause })
  }
  return chosen
}
