/** What was typed and could not be saved survives a closed tab: kept in this browser until the server has it. */

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export function readKept<Value>(name: string, store: Store = localStorage): Value | undefined {
  try {
    return (JSON.parse(store.getItem(name) ?? "null") as Value | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** A full or forbidden store must not stop the typing: the words are still on the screen. */
export function keep(name: string, value: unknown, store: Store = localStorage): void {
  try {
    store.setItem(name, JSON.stringify(value));
  } catch {
    return;
  }
}

export function discardKept(name: string, store: Store = localStorage): void {
  store.removeItem(name);
}
