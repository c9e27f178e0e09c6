import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { ComputedRef, ShallowRef } from 'vue'
import type { RecipeProblem } from '#shared/contract/training.ts'
import type { ResponseOf } from '#shared/contract/contract.ts'
import type { Client } from '../../rpc/client.ts'
import { useResource } from '../../rpc/useResource.ts'
import type { Resource } from '../../rpc/useResource.ts'
import { parseRecipeText, withValue } from './recipeDocument.ts'
import { recipeForm } from './recipeForm.ts'
import type { FormSection, RecipePath } from './recipeForm.ts'
import type { Mapping, SchemaNode } from './recipeSchema.ts'

export interface RecipeEditor {
  /** The YAML: the one truth that form and text both edit. */
  readonly text: ShallowRef<string>
  /** Of the newest text that could be read. */
  readonly form: ComputedRef<FormSection[]>
  readonly value: ComputedRef<Mapping>
  /** While the text is no YAML, the form shows what was and must not be used. */
  readonly isReadable: ComputedRef<boolean>
  readonly problems: ComputedRef<readonly RecipeProblem[]>
  readonly check: Resource<ResponseOf<'recipes.check'>>
  /** False from a change until the engine has judged it. */
  readonly isChecked: ComputedRef<boolean>
  readonly isChanged: ComputedRef<boolean>
  open(yaml: string): void
  setValue(path: RecipePath, value: unknown): void
}

const typingPauseMs = 200

export function useRecipeEditor(client: Client, schema: () => SchemaNode | null): RecipeEditor {
  const text = shallowRef('')
  const baseText = shallowRef('')
  const checkedText = shallowRef<string | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  const parsed = computed(() => parseRecipeText(text.value))
  const base = computed<Mapping>(() => {
    const opened = parseRecipeText(baseText.value)
    return opened.isValid ? opened.value : {}
  })
  const value = shallowRef<Mapping>({})
  watch(
    parsed,
    (next) => {
      if (next.isValid) value.value = next.value
    },
    { immediate: true },
  )

  const check = useResource(
    () => checkedText.value,
    (yaml, signal) => client.call('recipes.check', { yaml }, { signal }),
  )
  watch(text, (yaml) => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      checkedText.value = yaml
    }, typingPauseMs)
  })
  onScopeDispose(() => clearTimeout(timer))

  const isChecked = computed(() => checkedText.value === text.value && check.state.value.state === 'ready')
  const problems = computed<readonly RecipeProblem[]>(() => {
    if (!parsed.value.isValid) return [{ key: '', line: parsed.value.line, message: parsed.value.message }]
    return check.value.value?.problems ?? []
  })

  return {
    text,
    form: computed(() => {
      const known = schema()
      return known ? recipeForm(known, value.value, base.value) : []
    }),
    value: computed(() => value.value),
    isReadable: computed(() => parsed.value.isValid),
    problems,
    check,
    isChecked,
    isChanged: computed(() => text.value !== baseText.value),
    open(yaml) {
      baseText.value = yaml
      text.value = yaml
      checkedText.value = yaml
    },
    setValue(path, next) {
      const known = schema()
      if (known && parsed.value.isValid) text.value = withValue(text.value, path, next, known)
    },
  }
}
