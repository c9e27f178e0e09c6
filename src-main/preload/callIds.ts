/** Ids of the calls under way. The page may choose its own, to cancel by; towards main every call has an id of the preload's. */
export interface CallIds {
  begin(pageId: number | undefined): number
  end(callId: number): void
  /** The id of the page's call, or null when it is not under way. */
  ofPage(pageId: number): number | null
}

export function createCallIds(): CallIds {
  const byPageId = new Map<number, number>()
  let count = 0
  return {
    begin(pageId) {
      const callId = ++count
      if (pageId !== undefined) byPageId.set(pageId, callId)
      return callId
    },
    end(callId) {
      for (const [pageId, own] of byPageId) if (own === callId) byPageId.delete(pageId)
    },
    ofPage: (pageId) => byPageId.get(pageId) ?? null,
  }
}
