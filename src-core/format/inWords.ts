const symbols: Readonly<Record<string, string>> = { gradient: '‖∇f‖²', weight: '‖θ‖²' }

/** A text with the symbols of the squared norms in place of their roles; names of metrics (`probe/gradient_norm_squared`) and of other roles stay. */
export function withSymbols(text: string): string {
  return text.replaceAll(
    /(?<![a-z_/])(gradient|weight)_norm_squared(?![a-z_])/g,
    (role, of: string) => symbols[of] ?? role,
  )
}

/** Roles and settings in a text as they are read, by their symbol, else in words: `‖∇f‖²`, `learning rate`. */
export function inWords(text: string): string {
  return withSymbols(text).replaceAll('_', ' ')
}
