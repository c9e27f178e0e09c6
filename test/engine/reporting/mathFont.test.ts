import { describe, expect, it } from 'vitest'
import { tokenTag, type MathNode } from '#figures/reading/mathNode.ts'
import { readings } from '#figures/reading/readings.ts'
import { quantityParts } from '#figures/text/quantityParts.ts'
import { mathFont, mathFontRanges } from '#engine/reporting/mathFont.ts'

const ranges = mathFontRanges.split(',').map((range) => range.split('-').map((end) => Number.parseInt(end, 16)))
const isCovered = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0
  return ranges.some(([from = 0, to = from]) => code >= from && code <= to)
}

/** A browser sets an identifier of one Latin letter in the italic of mathematics, h in that of Planck's constant. */
function italic(letter: string): string {
  const code = letter.codePointAt(0) ?? 0
  if (letter === 'h') return 'ℎ'
  if (/[A-Z]/.test(letter)) return String.fromCodePoint(0x1d434 + code - 65)
  return /[a-z]/.test(letter) ? String.fromCodePoint(0x1d44e + code - 97) : letter
}

function charactersOf(node: MathNode): string[] {
  if (typeof node !== 'string') return node.children.flatMap(charactersOf)
  return tokenTag(node) === 'mi' && node.length === 1 ? [italic(node)] : Array.from(node)
}

describe('mathFont', () => {
  it('has every character of the formulas and quantities', () => {
    const formulas = Object.values(readings).flatMap(({ formula }) => charactersOf(formula))
    const quantities = quantityParts('‖∇f‖² ‖θ‖ ‖g‖ ‖v‖ λmax tr Σ ∇fᵀH∇f/‖∇f‖²').filter(({ isMath }) => isMath)
    const wanted = new Set([...formulas, ...quantities.flatMap(({ text }) => Array.from(text))])
    // Raised figures and letters stand in the fonts for text as well.
    const raised = new Set(['²', 'ᵀ', '\u202f'])
    expect(wanted.size).toBeGreaterThan(60)
    expect([...wanted].filter((character) => !isCovered(character) && !raised.has(character))).toEqual([])
  })

  it('is a WOFF2 file of a size that a report can carry', () => {
    const bytes = Buffer.from(mathFont, 'base64')
    expect(bytes.subarray(0, 4).toString()).toBe('wOF2')
    expect(bytes.readUInt32BE(8)).toBe(bytes.length)
    expect(bytes.length).toBeLessThan(40_000)
  })
})
