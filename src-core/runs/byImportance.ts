/** What an experimenter asks first; everything else follows in alphabetical order, probes and checkpoints (dotted keys) last. */
const tellingKeys = [
  'data',
  'model',
  'problem',
  'learning_rate',
  'momentum',
  'weight_decay',
  'batch_size',
  'sampling',
  'label_noise',
  'schedule',
  'hidden',
  'epochs',
  'steps',
]

/** Keys of settings, the most telling first. */
export function byImportance(keys: readonly string[]): string[] {
  const rank = (key: string): number => {
    const index = tellingKeys.indexOf(key)
    if (index >= 0) return index
    return tellingKeys.length + (key.includes('.') ? 1 : 0)
  }
  return keys.toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b, 'en'))
}
