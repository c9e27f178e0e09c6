import { computed, type ComputedRef } from 'vue'
import type { AppContext } from '../../app/appContext.ts'
import { fileName } from '../../app/fileName.ts'
import { useCall } from '../../rpc/useCall.ts'

export interface Report {
  readonly isWriting: ComputedRef<boolean>
  /** Asks where, has the engine write the report there, and says so; goes on when the view is left. */
  write(): Promise<void>
}

/** The diagnosis of runs as one file; the first run gives it its name. */
export function useReport(
  { client, shell, workspace, settings, toasts }: AppContext,
  source: () => { runIds: readonly string[]; name: string },
): Report {
  const writing = useCall(
    async () => {
      const { runIds, name } = source()
      try {
        const path = await shell.chooseSavePath(`diagnosis-${fileName(name, 'run')}.html`)
        if (path === null) return
        const request = {
          workspace: workspace.requirePath(),
          runIds: [...runIds],
          margins: settings.settings.value.margins,
          path,
        }
        const written = await client.call('diagnostics.report', request)
        const showInFolder = (): void => void shell.showInFolder(written.path).catch(toasts.showError)
        toasts.show(`Wrote the report to ${written.path}`, { action: { label: 'Show in folder', run: showInFolder } })
      } catch (thrown) {
        toasts.showError(thrown)
      }
    },
    { keepRunning: true },
  )
  return {
    isWriting: computed(() => writing.state.value.state === 'running'),
    async write() {
      await writing.run()
    },
  }
}
