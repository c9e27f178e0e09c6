import type { Command } from '../../app/commandStore.ts'

export interface DiagnoseActions {
  /** Goes to the next link of the evidence, or to the one before. */
  step: (direction: 1 | -1) => void
  isReading: boolean
  openReading: () => void
  closeReading: () => void
  copy: () => void
  writeReport: () => void
}

/** The keys of the diagnosis: one list for the keyboard, the palette and the sheet of keys. */
export function diagnoseCommands(actions: DiagnoseActions): Command[] {
  const section = 'Diagnose'
  const command = (id: string, title: string, run: () => void, keys: string[] = []): Command => ({
    id: `diagnose.${id}`,
    title,
    section,
    ...(keys.length > 0 ? { keys } : {}),
    run,
  })
  const keyOnly = (...parts: Parameters<typeof command>): Command => ({ ...command(...parts), isKeyOnly: true })
  return [
    keyOnly('next', 'Next link of the evidence', () => actions.step(1), ['e']),
    keyOnly('previous', 'Previous link of the evidence', () => actions.step(-1), ['Shift+e']),
    command('read', 'How to read this', actions.isReading ? actions.closeReading : actions.openReading, ['i']),
    ...(actions.isReading ? [keyOnly('closeReading', 'Close how to read this', actions.closeReading, ['Escape'])] : []),
    command('copy', 'Copy the sentence of the verdict', actions.copy),
    command('report', 'Write a report of the diagnosis', actions.writeReport),
  ]
}
