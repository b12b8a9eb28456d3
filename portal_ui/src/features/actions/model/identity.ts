/** What names an action, and what tells one showing of it from another. */
import type { ActionSummary } from "@/client";

export type ActionId = Pick<ActionSummary, "account_id" | "key">;
export type Shown = Pick<ActionSummary, "account_id" | "key" | "status" | "draft_revision" | "updated_at">;

/** One string per action. */
export function idOf(action: ActionId): string {
  return `${action.account_id}/${action.key}`;
}

/** One string per state of an action as it was on the screen. */
export function stampOf(shown: Shown): string {
  return [idOf(shown), shown.status, shown.draft_revision, shown.updated_at].join("|");
}
