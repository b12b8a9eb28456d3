/** What should the customer do first, and how pressing is it? */
import type { PortalTask } from "@/client";
import { day, daysBetween } from "@/lib/format";

export type Task = Pick<PortalTask, "key" | "label" | "type" | "status" | "required" | "due_at" | "note">;

export interface Todo {
  /** The one thing to do now. */
  next: Task | undefined;
  others: Task[];
}

/** What was sent back first, as somebody waits for it; then what holds the onboarding up, then what is due first. */
export function todoOf(tasks: Task[]): Todo {
  const [next, ...others] = tasks
    .map((task, position) => ({ task, position }))
    .toSorted(
      (a, b) =>
        Number(b.task.status === "returned") - Number(a.task.status === "returned") ||
        Number(b.task.required) - Number(a.task.required) ||
        dueAt(a.task) - dueAt(b.task) ||
        a.position - b.position,
    )
    .map(({ task }) => task);
  return { next, others };
}

export interface Due {
  words: string;
  late: boolean;
}

/** "Due Fri 5 Dec, in 3 days"; nothing where there is no date. */
export function dueOf({ due_at }: Pick<Task, "due_at">, now: number): Due | undefined {
  if (!due_at) return undefined;
  const days = daysBetween(now, Date.parse(due_at));
  if (days === 0) return { words: "Due today", late: false };
  if (days === 1) return { words: "Due tomorrow", late: false };
  if (days > 0) return { words: `Due ${day(due_at, now)}, in ${days} days`, late: false };
  const ago = days === -1 ? "yesterday" : `${-days} days ago`;
  return { words: `Was due ${day(due_at, now)}, ${ago}`, late: true };
}

function dueAt({ due_at }: Task): number {
  return due_at ? Date.parse(due_at) : Number.POSITIVE_INFINITY;
}
