import type { WriteStream } from 'node:tty'

export interface InstallDisplay {
  readonly show: (fraction: number, label: string) => void
  /** Ends the line that is being redrawn. */
  end(): void
}

const redrawEveryMs = 200
/** Where lines cannot be redrawn (a log file), a line per tenth. */
const logEveryShare = 0.1

/** How far an installation is: one line, redrawn on a terminal. */
export function createInstallDisplay(output: WriteStream | NodeJS.WriteStream): InstallDisplay {
  let drawnAtMs = 0
  let loggedShare = -1
  let isLineOpen = false
  return {
    show(fraction, label) {
      const text = `${String(Math.floor(fraction * 100)).padStart(3)} %  ${label}`
      if (output.isTTY) {
        if (Date.now() - drawnAtMs < redrawEveryMs) return
        drawnAtMs = Date.now()
        isLineOpen = true
        output.write(`\r\u001b[2K${text.slice(0, (output.columns || 80) - 1)}`)
      } else if (fraction >= loggedShare + logEveryShare) {
        loggedShare = fraction
        output.write(`${text}\n`)
      }
    },
    end() {
      if (isLineOpen) output.write('\n')
      isLineOpen = false
    },
  }
}
