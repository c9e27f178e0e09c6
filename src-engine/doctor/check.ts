import { existsSync } from 'node:fs'
import type { DoctorCheck } from '#shared/contract/engine.ts'
import { installation } from '#engine/installation/installation.ts'

export interface CheckContext {
  environment: NodeJS.ProcessEnv
  signal: AbortSignal
  /** Folder that must be writable to train: the workspace in use, or where one would be made. */
  workspacePath: string
}

/** Finds out about one thing. */
export type Check = (context: CheckContext) => DoctorCheck | Promise<DoctorCheck>

/** A check with nothing to do. */
export function works(id: string, title: string, detail: string): DoctorCheck {
  return { id, title, status: 'works', detail, advice: '', command: null }
}

/** What to do about a part that came with the program: in a checkout a command brings it back, an installed program is installed again. */
export function bringBack(consequence: string, command: string): Pick<DoctorCheck, 'advice' | 'command'> {
  return installation === null
    ? { advice: `${consequence}: install the packages again`, command }
    : { advice: `${consequence}: install Ergoscope again`, command: null }
}

/** The command that installs packages of the system, where apt does that. */
export function systemPackages(names: string): string | null {
  return existsSync('/usr/bin/apt-get') ? `sudo apt-get install -y ${names}` : null
}
