import { mathAttributes, tokenTag, type MathNode } from '#figures/reading/mathNode.ts'
import { markup, trusted, type Markup } from './markup.ts'

/** A formula as native MathML. */
export function formula(node: MathNode): Markup {
  return markup`<math display="block">${marked(node)}</math>`
}

function marked(node: MathNode): Markup {
  const tag = typeof node === 'string' ? tokenTag(node) : node.tag
  const children = typeof node === 'string' ? [node] : node.children
  const isText = typeof node === 'string' || node.tag === 'mtext'
  // The names of elements and attributes are those of fixed lists.
  const attributes = Object.entries(mathAttributes(node)).map(([name, value]) => markup` ${trusted(name)}="${value}"`)
  const content = children.map((child) => (isText && typeof child === 'string' ? child : marked(child)))
  return markup`<${trusted(tag)}${attributes}>${content}</${trusted(tag)}>`
}
