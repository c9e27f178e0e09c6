const megabyte = 1e6

/**
 * Progress of the set-up on stderr: one line per step; sizes at most once a second on a terminal, every tenth elsewhere.
 * @param {{ isTTY?: boolean, write(text: string): unknown }} [stream]
 */
export function createProgress(stream = process.stderr) {
  let isStatusShown = false

  /** @param {string} text */
  function line(text) {
    stream.write(`${isStatusShown ? '\r\x1b[K' : ''}${text}\n`)
    isStatusShown = false
  }

  /** @param {string} text */
  function status(text) {
    stream.write(`\r\x1b[K  ${text}`)
    isStatusShown = true
  }

  /**
   * Reports growth towards an expected amount, by default of bytes.
   * @param {string} label
   * @param {number} expected
   * @param {(amount: number) => string} [format]
   */
  function meter(label, expected, format = formatMegabytes) {
    let lastTenth = 0
    let lastTimeMs = 0
    return (/** @type {number} */ reached) => {
      const amount = Math.min(reached, expected)
      const tenth = Math.floor((amount / expected) * 10)
      const text = `${label}: ${format(amount)} of ${format(expected)}`
      const nowMs = Date.now()
      if (stream.isTTY && nowMs - lastTimeMs >= 1000) {
        lastTimeMs = nowMs
        status(text)
      } else if (!stream.isTTY && tenth > lastTenth) {
        lastTenth = tenth
        line(`  ${text}`)
      }
    }
  }

  return { line, meter }
}

/** @typedef {ReturnType<typeof createProgress>} Progress */

/** @param {number} bytes */
export function formatMegabytes(bytes) {
  return `${Math.round(bytes / megabyte)} MB`
}
