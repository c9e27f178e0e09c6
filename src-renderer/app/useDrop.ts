import { onScopeDispose, shallowReadonly, shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import type { AppContext } from './appContext.ts'

/** What is dropped anywhere on the window is opened or imported, as main finds it to be. Returns whether something that can be dropped is over the window. */
export function useDrop(
  { shell, toasts }: Pick<AppContext, 'shell' | 'toasts'>,
  target: Window = window,
): Readonly<ShallowRef<boolean>> {
  const isOver = shallowRef(false)

  function onDragOver(event: DragEvent): void {
    event.preventDefault()
    isOver.value = event.dataTransfer?.types.includes('Files') ?? false
  }
  function onDragLeave(event: DragEvent): void {
    // Only leaving the window has no element that is entered.
    if (event.relatedTarget === null) isOver.value = false
  }
  function onDrop(event: DragEvent): void {
    event.preventDefault()
    isOver.value = false
    const files = [...(event.dataTransfer?.files ?? [])]
    if (files.length === 1) shell.openDropped(files[0]).catch(toasts.showError)
    else
      toasts.show(
        files.length === 0
          ? 'Drop a folder of runs, or a table to import: this was neither'
          : `${files.length} things were dropped: drop one folder or one table at a time`,
        { tone: 'failed' },
      )
  }

  target.addEventListener('dragover', onDragOver)
  target.addEventListener('dragleave', onDragLeave)
  target.addEventListener('drop', onDrop)
  onScopeDispose(() => {
    target.removeEventListener('dragover', onDragOver)
    target.removeEventListener('dragleave', onDragLeave)
    target.removeEventListener('drop', onDrop)
  })
  return shallowReadonly(isOver)
}
