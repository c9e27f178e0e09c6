/** Messages that may come before the page listens: the first listener gets what it missed. */
export interface Replayed<Message> {
  push(message: Message): void
  /** Returns the function that ends listening. */
  listen(listener: (message: Message) => void): () => void
}

/** `latest`: every new listener gets the last message. `all`: the first listener gets all that came before it. `none`: missed is missed. */
export function createReplayed<Message>(kept: 'latest' | 'all' | 'none'): Replayed<Message> {
  const listeners = new Set<(message: Message) => void>()
  let backlog: Message[] = []

  return {
    push(message) {
      if (kept === 'latest') backlog = [message]
      else if (kept === 'all' && listeners.size === 0) backlog.push(message)
      for (const listener of listeners) listener(message)
    },
    listen(listener) {
      listeners.add(listener)
      const missed = backlog
      if (kept === 'all') backlog = []
      for (const message of missed) listener(message)
      return () => listeners.delete(listener)
    },
  }
}
