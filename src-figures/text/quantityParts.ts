export interface TextPart {
  text: string
  /** Set in the math face. */
  isMath: boolean
  subscript: string
}

/** Norms, symbols with indices and lone symbols of quantities, as they appear in titles and sentences. */
const quantity = /‖[^‖\s]{1,5}‖(?:²|\^2)?|√\(?tr Σ\)?|tr Σ|λ_?max|∇f[⊤ᵀ]H∇f\/‖∇f‖²|[vg][ᵀ⊤]H[vg]|∇f/g

/** Italic letters inside upright bars; θ stays upright (its italic reads as a hat at this size). */
function italic(text: string): string {
  return text.replace(/f/g, '𝑓').replace(/g/g, '𝑔').replace(/v/g, '𝑣').replace(/λ/g, '𝜆').replace('^2', '²')
}

/** Splits a text into plain parts and quantities to be set in the math face: `stays at ‖∇f‖² = 0.3`. */
export function quantityParts(text: string): TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const match of text.matchAll(quantity)) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index), isMath: false, subscript: '' })
    const isSharpness = match[0].startsWith('λ')
    parts.push({ text: isSharpness ? '𝜆' : italic(match[0]), isMath: true, subscript: isSharpness ? 'max' : '' })
    end = match.index + match[0].length
  }
  if (end < text.length) parts.push({ text: text.slice(end), isMath: false, subscript: '' })
  return parts
}

/** A text for where only one face can be set, such as the axis of a chart: `λ_max` with its index lowered. */
export function plainQuantity(text: string): string {
  return text.replaceAll('_max', 'ₘₐₓ')
}
