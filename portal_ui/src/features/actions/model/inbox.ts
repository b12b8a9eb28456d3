/** The review inbox in order: questions first, then answers from customers, then drafts by the day they were due. */
import type { ActionSummary } from "@/client";
import { daysBetween } from "@/lib/format";
import { idOf } from "./identity";
import { hasAnswers } from "./states";

export interface Group {
  name: "Needs an answer" | "Answers to check" | "Overdue" | "Today" | "Later";
  actions: ActionSummary[];
}

/** Groups that have something in them. Approved rows stay where they were until they are gone. */
export function groupInbox(actions: ActionSummary[], now: number): Group[] {
  const groups: Group[] = [
    { name: "Needs an answer", actions: [] },
    { name: "Answers to check", actions: [] },
    { name: "Overdue", actions: [] },
    { name: "Today", actions: [] },
    { name: "Later", actions: [] },
  ];
  for (const action of actions.toSorted(byDue)) groups[placeOf(action, now)]?.actions.push(action);
  return groups.filter((group) => group.actions.length > 0);
}

function placeOf(action: ActionSummary, now: number): number {
  if (action.status === "UNCERTAIN" || action.status === "FAILED") return 0;
  if (hasAnswers(action)) return 1;
  const days = action.due_at ? daysBetween(now, Date.parse(action.due_at)) : 0;
  return days < 0 ? 2 : days === 0 ? 3 : 4;
}

function byDue(a: ActionSummary, b: ActionSummary): number {
  return dueAt(a) - dueAt(b) || idOf(a).localeCompare(idOf(b));
}

function dueAt({ due_at }: ActionSummary): number {
  return due_at ? Date.parse(due_at) : 0;
}

/** The action before or after; the ends stay where they are, and nothing selected means the first. */
export function neighbour(
  actions: ActionSummary[],
  selected: string | undefined,
  step: 1 | -1,
): ActionSummary | undefined {
  const at = actions.findIndex((action) => idOf(action) === selected);
  if (at < 0) return actions[0];
  return actions[Math.min(actions.length - 1, Math.max(0, at + step))];
}

/** After a decision: the next action that still waits for one, looking on and then from the top. */
export function nextToReview(actions: ActionSummary[], decided: string): ActionSummary | undefined {
  const at = actions.findIndex((action) => idOf(action) === decided);
  return [...actions.slice(at + 1), ...actions.slice(0, Math.max(0, at))].find(
    (action) => action.status === "READY" || hasAnswers(action),
  );
}
