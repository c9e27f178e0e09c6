import { execFile } from 'node:child_process'

export interface ProgramOutcome {
  /** False when the program is missing, failed, was stopped or took too long. */
  isOk: boolean
  stdout: string
  stderr: string
}

/** Runs a program to its end. Never throws: whether it works is what a check wants to know. */
export function runProgram(
  file: string,
  args: readonly string[],
  options: { timeoutMs?: number; signal?: AbortSignal | undefined } = {},
): Promise<ProgramOutcome> {
  return new Promise((resolve) => {
    const { timeoutMs = 10_000, signal } = options
    execFile(
      file,
      [...args],
      { timeout: timeoutMs, windowsHide: true, ...(signal ? { signal } : {}) },
      (error, stdout, stderr) => {
        resolve({ isOk: error === null, stdout: stdout.trim(), stderr: stderr.trim() })
      },
    )
  })
}

/** The first line of a text, for the one line of a check. */
export function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.trim() ?? ''
}
