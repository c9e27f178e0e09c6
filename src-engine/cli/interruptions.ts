const patience = 3

export interface Interruptions {
  /** How often Ctrl-C has been pressed since `countInterruptions`. */
  readonly count: number
  end(): void
}

/** From here on Ctrl-C is counted and does not end the command; the third time it does. */
export function countInterruptions(): Interruptions {
  let count = 0
  const onInterrupt = () => {
    count += 1
    if (count >= patience) process.exit(130)
  }
  process.on('SIGINT', onInterrupt)
  return {
    get count() {
      return count
    },
    end: () => process.off('SIGINT', onInterrupt),
  }
}
