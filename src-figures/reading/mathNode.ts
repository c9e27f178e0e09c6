/** Elements of MathML Core that the formulas use. */
export type MathTag =
  | 'mrow'
  | 'mfrac'
  | 'msub'
  | 'msup'
  | 'munder'
  | 'munderover'
  | 'mover'
  | 'mtext'
  | 'mspace'
  | 'mtable'
  | 'mtr'
  | 'mtd'

/** A piece of a formula. A string is one token: digits become a number, letters an identifier, anything else an operator. */
export type MathNode = string | MathElement

export interface MathElement {
  readonly tag: MathTag
  readonly children: readonly MathNode[]
}

const element =
  (tag: MathTag) =>
  (...children: readonly MathNode[]): MathElement => ({ tag, children })

export const row = element('mrow')
export const fraction = element('mfrac')
export const sub = element('msub')
export const sup = element('msup')
export const under = element('munder')
export const underover = element('munderover')
export const over = element('mover')
export const words = (text: string): MathElement => ({ tag: 'mtext', children: [text] })

/** Lines of a derivation below each other. */
export const lines = (...nodes: readonly MathNode[]): MathElement => ({
  tag: 'mtable',
  children: nodes.map((node) => element('mtr')(element('mtd')(node))),
})

/** ‖…‖². */
export const squaredNorm = (...inner: readonly MathNode[]): MathElement => row('‖', ...inner, sup('‖', '2'))

/** Which MathML token a string is. */
export function tokenTag(text: string): 'mn' | 'mi' | 'mo' {
  if (/^[\d.\u202f]+$/.test(text)) return 'mn'
  return /^[\p{L}\u{1d400}-\u{1d7ff}′]+$/u.test(text) && text !== '∇' ? 'mi' : 'mo'
}

/** Attributes that a node needs beside its tag: bars of a norm keep their height and stand close, a hat sits on its letter. */
export function mathAttributes(node: MathNode): Readonly<Record<string, string>> {
  if (typeof node !== 'string') return node.tag === 'mover' ? { accent: 'true' } : {}
  return /^[‖|]$/.test(node) ? { stretchy: 'false', lspace: '0', rspace: '0' } : {}
}
