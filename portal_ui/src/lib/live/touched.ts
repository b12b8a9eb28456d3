/** Which queries does a live event make old? */
import type { LiveEvent } from "@/client";
import { keys } from "../query";

type Key = readonly unknown[];

/** Query keys to read again; an event nobody knows makes everything old, which is slow but never wrong. */
export function touchedBy(event: LiveEvent): Key[] {
  switch (event.entity) {
    case "account":
    case "action":
    case "draft":
    case "milestone":
      return [keys.accountList, keys.actionList, keys.actionCounts, ...ofAccount(event)];
    case "webhook_event":
      return [keys.attention];
    case "organization":
    case "member":
      return [keys.session];
    default:
      return [[]];
  }
}

/** Many events, each key once. */
export function touchedByAll(events: LiveEvent[]): Key[] {
  const unique = new Map<string, Key>();
  for (const key of events.flatMap(touchedBy)) unique.set(JSON.stringify(key), key);
  return [...unique.values()];
}

function ofAccount({ account_id }: LiveEvent): Key[] {
  return account_id ? [keys.account(account_id), keys.actionsOf(account_id)] : [keys.accounts];
}
