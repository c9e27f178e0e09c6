import { homedir } from 'node:os'
import { join } from 'node:path'
import type { DoctorCheck } from '#shared/contract/engine.ts'
import type { Check } from './check.ts'
import { checkElectron } from './electronCheck.ts'
import { checkNode } from './nodeCheck.ts'
import { checkCache, checkData, checkSettings, checkState } from './placeChecks.ts'
import { checkSandbox } from './sandboxCheck.ts'
import { isCheckout } from './setUpRecord.ts'
import { checkSqlite, checkWorkspace } from './storageChecks.ts'
import { checkCompiler, checkDisplay, checkNvidia, checkPip } from './systemChecks.ts'
import { checkTensorLibrary } from './tensorCheck.ts'

/** In the order in which they are shown: what training and looking need first. */
const checks: readonly Check[] = [
  checkNode,
  checkSqlite,
  checkTensorLibrary,
  checkNvidia,
  checkWorkspace,
  checkDisplay,
  checkSandbox,
  checkElectron,
  checkPip,
  ...(isCheckout ? [checkCompiler] : []),
  checkSettings,
  checkData,
  checkState,
  checkCache,
]

export interface DoctorOptions {
  signal?: AbortSignal
  /** Default: where the application suggests one. */
  workspacePath?: string
}

/** What works on this machine, what does not, and what to do about it. */
export function runDoctor(options: DoctorOptions = {}): Promise<DoctorCheck[]> {
  const context = {
    environment: process.env,
    signal: options.signal ?? new AbortController().signal,
    workspacePath: options.workspacePath ?? join(homedir(), 'Ergoscope'),
  }
  return Promise.all(checks.map(async (check) => check(context)))
}
