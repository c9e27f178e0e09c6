import { onScopeDispose, shallowReadonly, shallowRef, watch } from 'vue'
import type { Ref, ShallowRef } from 'vue'

/** Inner width of an element in pixels, followed as it changes; 0 before it is there. */
export function useElementWidth(element: Readonly<Ref<HTMLElement | null>>): Readonly<ShallowRef<number>> {
  const width = shallowRef(0)
  const observer = new ResizeObserver(() => {
    width.value = element.value?.clientWidth ?? 0
  })
  watch(
    element,
    (current, previous) => {
      if (previous) observer.unobserve(previous)
      if (current) observer.observe(current)
    },
    { immediate: true },
  )
  onScopeDispose(() => observer.disconnect())
  return shallowReadonly(width)
}
