import { byImportance } from '../../runs/byImportance.ts'
import { lawIdentity, lawSettings } from '../../runs/lawSettings.ts'
import { settingText } from '../../runs/settingText.ts'
import type { DiagnosedSeed, Settings, SettingValue } from './acrossRunsTypes.ts'
import { lastMainSegment } from './acrossRunsWindow.ts'

/** Runs that differ in nothing but their seed. */
export interface Experiment {
  /** What tells it from the other experiments, in words, `learning rate 0.1, batch size 64`; empty when there is one only. */
  readonly label: string
  /** The settings that differ between the experiments; what is unknown is left out. */
  readonly settings: Settings
  /** Places of its runs in the given list. */
  readonly members: readonly number[]
}

const labelledKeys = 3

/** Everything that makes a run's law: its configuration, with the hyper-parameters of the segment that carries its verdict. */
function settingsOf(seed: DiagnosedSeed): Map<string, SettingValue> {
  const { learningRate, momentum, nesterov, weightDecay, batchSize, sampling } =
    lastMainSegment(seed)?.hyperparameters ?? seed.observables.config
  const inForce = {
    learning_rate: learningRate,
    momentum,
    nesterov,
    weight_decay: weightDecay,
    batch_size: batchSize,
    sampling,
  }
  const settings = lawSettings(seed.settings ?? {})
  for (const [key, value] of Object.entries(inForce)) if (value !== undefined) settings.set(key, value)
  return settings
}

/**
 * Sorts runs into experiments: runs with the same configuration but for the seed are one. Experiments stand in the order of their first run, runs in the given order.
 * Length, recording and origin of a run do not count. A setting that one run knows and another does not makes them differ.
 */
export function groupSeeds(seeds: readonly DiagnosedSeed[]): Experiment[] {
  const all = seeds.map(settingsOf)
  const keys = [...new Set(all.flatMap((settings) => [...settings.keys()]))]
  const differing = byImportance(keys.filter((key) => new Set(all.map((settings) => settings.get(key))).size > 1))
  const experiments = new Map<string, number[]>()
  all.forEach((settings, i) => {
    const identity = lawIdentity(settings)
    experiments.set(identity, [...(experiments.get(identity) ?? []), i])
  })
  return [...experiments.values()].map((members) => {
    const settings = all[members[0] ?? 0] ?? new Map<string, SettingValue>()
    const known = differing.flatMap((key) => {
      const value = settings.get(key)
      return value === undefined ? [] : [[key, value] as const]
    })
    return { label: labelOf(differing, settings), settings: Object.fromEntries(known), members }
  })
}

function labelOf(keys: readonly string[], settings: ReadonlyMap<string, SettingValue>): string {
  const parts = keys.slice(0, labelledKeys).map((key) => settingText(key, settings.get(key)))
  return [...parts, ...(keys.length > labelledKeys ? [`${keys.length - labelledKeys} more`] : [])].join(', ')
}
