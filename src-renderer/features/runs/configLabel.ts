/** A configuration key as a reader says it: `learning_rate` is `Learning rate`, `probes.sharpness.every` is `Probes, sharpness, every`. */
export function configLabel(key: string): string {
  const words = key.replaceAll('.', ', ').replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
