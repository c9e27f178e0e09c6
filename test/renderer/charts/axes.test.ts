import { expect, it } from 'vitest'
import { horizontalAxis } from '#figures/plot/axes.ts'
import { linearTickLabel } from '#figures/plot/tickLabels.ts'
import { niceLinearScale } from '#figures/plot/ticks.ts'
import { testTheme } from './testTheme.ts'

it('keeps a wide last label inside the drawing, and narrow ones below their ticks', () => {
  const axisTo = (high: number) => {
    const scale = niceLinearScale(0, high, 4)
    return horizontalAxis({ scale, label: linearTickLabel(scale.ticks) }, testTheme)
  }
  expect(axisTo(1e138).axisLabel).toMatchObject({ alignMaxLabel: 'right' })
  expect(axisTo(1).axisLabel).not.toHaveProperty('alignMaxLabel')
})
