/** Says a sentence to screen readers through the page's one polite region. */

type Listener = (sentence: string) => void;
const listeners = new Set<Listener>();

export function announce(sentence: string): void {
  for (const listener of listeners) listener(sentence);
}

export function onAnnouncement(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
