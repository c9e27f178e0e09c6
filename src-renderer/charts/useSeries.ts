import { computed, watch } from 'vue'
import type { RequestInput, ResponseOf } from '#shared/contract/contract.ts'
import type { Client } from '../rpc/client.ts'
import { useResource, type Resource } from '../rpc/useResource.ts'

type SeriesRequests = RequestInput<'series.read'>['requests']

/**
 * Reads series whenever the requests change, and again after every `revision` (new points of a live run): the newer answer replaces the older one
 * when it arrives, and a reading under way is never overtaken by a mere revision.
 */
export function useSeries(
  client: Client,
  workspace: string,
  requests: () => SeriesRequests,
  revision: () => unknown = () => 0,
): Resource<ResponseOf<'series.read'>> {
  // Requests are plain data: their text changes exactly when they do.
  const key = computed(() => JSON.stringify(requests()))
  const resource = useResource(
    () => (key.value === '[]' ? null : key.value),
    // The text was made by the line above from the same type.
    (text, signal) =>
      client.call('series.read', { workspace, requests: JSON.parse(text) as SeriesRequests }, { signal }),
  )
  watch([revision, client.generation], () => {
    if (resource.state.value.state !== 'loading') void resource.reload()
  })
  return resource
}
