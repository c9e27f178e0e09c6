/** How programs mark the line that says why they failed, best first. */
const marks = [
  /^npm error (?!code|errno|syscall|path|dest|command|A complete log|Log files)(?:network )?(.+)/m,
  /^npm error (.+)/m,
  /^ERROR: (No matching distribution .+|Could not .+)/m,
  /^ERROR: (.+)/m,
  /^E: (.+)/m,
  /^(?:\w*Error: )(.+)/m,
  /^(.* error: .+)/m,
]

/**
 * The one line of a failed program's output that says why it failed.
 * @param {...string} outputs
 */
export function pickReason(...outputs) {
  for (const mark of marks) {
    for (const output of outputs) {
      const reason = mark.exec(output)?.[1]?.trim()
      if (reason) return reason
    }
  }
  const lastLine = outputs.join('\n').trim().split('\n').at(-1)?.trim()
  return lastLine || 'no reason given'
}
