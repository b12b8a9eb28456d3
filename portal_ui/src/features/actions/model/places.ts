/** Where an action stands in the inbox: the first time known for it is kept, so that no row jumps when it changes. */
import type { ActionSummary } from "@/client";
import { type ActionId, idOf } from "./identity";

type Timed = ActionId & Pick<ActionSummary, "due_at" | "updated_at">;

export class Places {
  #first = new Map<string, string>();

  /** When it came due; the server forgets that once it has, and then its first change seen here stands in. */
  of(action: Timed): string | null {
    const id = idOf(action);
    const place = this.#first.get(id) ?? action.due_at ?? action.updated_at;
    if (place) this.#first.set(id, place);
    return place;
  }
}
