import type { WriteStream } from 'node:tty'
import { formatNumber } from '#core/format/formatNumber.ts'
import { formatDuration } from '#core/format/formatQuantity.ts'
import { isLive, type RunRow } from '#shared/run.ts'
import { printable } from './output.ts'

export interface ProgressDisplay {
  show(rows: readonly RunRow[], nowMs: number): void
  end(): void
}

const barWidth = 28
/** The first step takes long: compiling and reading say nothing about the steps to come. */
const leastShareToExtrapolate = 0.01
/** Where lines cannot be redrawn (a log file), one line per run so often. */
const logEveryMs = 10_000

/** Progress bars on a terminal, redrawn in place; elsewhere a line now and then. */
export function createProgressDisplay(output: WriteStream | NodeJS.WriteStream): ProgressDisplay {
  let drawnLines = 0
  let loggedAtMs = Number.NEGATIVE_INFINITY
  return {
    show(rows, nowMs) {
      const nameWidth = Math.max(...rows.map((row) => row.name.length))
      const lines = rows.map((row) => progressLine(row, nameWidth, nowMs))
      if (output.isTTY) {
        const up = drawnLines > 0 ? `\u001b[${drawnLines}A` : ''
        output.write(`${up}${lines.map((line) => `\r\u001b[2K${line.slice(0, output.columns - 1)}\n`).join('')}`)
        drawnLines = lines.length
      } else if (nowMs - loggedAtMs >= logEveryMs || !rows.some((row) => isLive(row.status))) {
        output.write(`${lines.join('\n')}\n`)
        loggedAtMs = nowMs
      }
    },
    end() {
      drawnLines = 0
    },
  }
}

/** `mnist-clean  [#######-----]  58 %  step 1 100 of 1 900  loss 0.0123  12 s left`. */
export function progressLine(row: RunRow, nameWidth: number, nowMs: number): string {
  const share = row.plannedSteps ? Math.min(1, row.steps / row.plannedSteps) : 0
  const filled = Math.round(share * barWidth)
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}]`
  const steps = row.plannedSteps === null ? `step ${row.steps}` : `step ${row.steps} of ${row.plannedSteps}`
  const loss = row.metrics['probe/loss'] ?? row.metrics['train/loss']
  const parts = [
    `${Math.floor(share * 100)} %`.padStart(5),
    steps,
    loss ? `loss ${formatNumber(loss.last)}` : '',
    ending(row, share, nowMs),
  ]
  return `${printable(row.name).padEnd(nameWidth)}  ${bar} ${parts.filter(Boolean).join('  ')}`
}

function ending(row: RunRow, share: number, nowMs: number): string {
  if (row.status !== 'running') return row.statusDetail ? `${row.status}: ${row.statusDetail}` : row.status
  if (row.startedAtMs === null || share < leastShareToExtrapolate) return 'starting'
  return `${formatDuration(((nowMs - row.startedAtMs) * (1 - share)) / share)} left`
}
