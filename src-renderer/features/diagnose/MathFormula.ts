import { h, type FunctionalComponent, type VNode } from 'vue'
import { mathAttributes, tokenTag, type MathNode } from '#figures/reading/mathNode.ts'

function rendered(node: MathNode): VNode {
  if (typeof node === 'string') return h(tokenTag(node), mathAttributes(node), node)
  if (node.tag === 'mtext') return h('mtext', node.children.filter((child) => typeof child === 'string').join(''))
  return h(node.tag, mathAttributes(node), node.children.map(rendered))
}

/** A formula as native MathML: no library, no style elements, read by screen readers. */
const MathFormula: FunctionalComponent<{ formula: MathNode }> = ({ formula }) =>
  h('math', { display: 'block' }, [rendered(formula)])
MathFormula.props = ['formula']

export default MathFormula
