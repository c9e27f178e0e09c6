import { onScopeDispose, shallowReadonly, shallowRef } from 'vue'
import type { ShallowRef } from 'vue'

/** The wall clock in milliseconds, renewed every `intervalMs`: for ages and remaining times. */
export function useNow(intervalMs = 1000, clock: () => number = () => Date.now()): Readonly<ShallowRef<number>> {
  const now = shallowRef(clock())
  const timer = setInterval(() => {
    now.value = clock()
  }, intervalMs)
  onScopeDispose(() => clearInterval(timer))
  return shallowReadonly(now)
}
