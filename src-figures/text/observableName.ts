const symbols: Readonly<Record<string, string>> = {
  gradient_norm_squared: '‖∇f‖²',
  weight_norm_squared: '‖θ‖²',
}

/** An observable as it is named in tables: by its symbol, else its role in words. */
export function observableName(role: string): string {
  return symbols[role] ?? role.replaceAll('_', ' ')
}
