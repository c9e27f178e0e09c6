import { describe, expect, it } from 'vitest'
import { dotsPerRun, phaseCloud, phaseDrawnText } from '../../../src-renderer/features/compare/phasePlot.ts'

const identity = { id: 'a', label: 'a', color: '--run-1' as const }
const x = new Float64Array([1, 2, 0, 4, 5, 6])
const squared = new Float64Array([4, -1, 9, -2, NaN, 0])
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ')

describe('the phase plot', () => {
  it('counts the dots that it draws, and says how many estimates have no root', () => {
    const cloud = phaseCloud(identity, { x, y: squared }, true)
    expect(Array.from(cloud.y)).toEqual([2, NaN, 3, NaN, NaN, 0])
    expect(plain(phaseDrawnText([cloud], 100, false))).toBe('3 of 100 points; 2 below 0')
  })

  it('counts what has no logarithm as well where both axes are logarithmic', () => {
    const cloud = phaseCloud(identity, { x, y: squared }, true)
    expect(plain(phaseDrawnText([cloud], 100, true))).toBe('1 of 100 points; 4 not above 0')
  })

  it('draws fewer dots of each run where there are many, never so few that they would be connected', () => {
    expect([0, 1, 12, 120, 1000].map(dotsPerRun)).toEqual([1500, 1500, 1500, 150, 61])
  })

  it('takes a recorded norm as it is', () => {
    const cloud = phaseCloud(identity, { x, y: new Float64Array([1, 2, 3, 4, 5, 6]) }, false)
    expect(plain(phaseDrawnText([cloud, cloud], 12, false))).toBe('12 of 12 points')
    expect(phaseDrawnText([], 0, false)).toBe('')
  })
})
