/** What was typed into a draft and not saved yet survives a reload, a crash and a colleague's change. */
import { type ActionId, idOf } from "./identity";

export interface KeptText {
  subject: string;
  body: string;
  /** The revision the typing began from. */
  revision: number;
}

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const nameOf = (action: ActionId) => `thread.kept.${idOf(action)}`;

export function readKept(action: ActionId, store: Store = localStorage): KeptText | undefined {
  try {
    const value: unknown = JSON.parse(store.getItem(nameOf(action)) ?? "null");
    return isKept(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A full or forbidden store must not stop the typing: the text is still on the screen. */
export function keep(action: ActionId, text: KeptText, store: Store = localStorage): void {
  try {
    store.setItem(nameOf(action), JSON.stringify(text));
  } catch {
    return;
  }
}

export function discardKept(action: ActionId, store: Store = localStorage): void {
  store.removeItem(nameOf(action));
}

function isKept(value: unknown): value is KeptText {
  if (typeof value !== "object" || value === null) return false;
  const text = value as Record<string, unknown>;
  return (
    typeof text.subject === "string" && typeof text.body === "string" && typeof text.revision === "number"
  );
}
