/** What an account needs next, and how that stands or when it comes. */
import type { NextAction } from "@/client";
import { lookOf, waitsForUs } from "@/features/actions/model/states";
import { moment } from "@/lib/format";

interface NextActionCellProps {
  /** What stands before any action, such as the handoff. */
  waits?: string | undefined;
  next: NextAction | null;
  now: number;
}

export function NextActionCell({ waits, next, now }: NextActionCellProps) {
  if (waits) return <span className="font-medium">{waits}</span>;
  if (!next) return <span className="text-muted">Nothing planned</span>;
  // An executed action that is not complete waits for the customer.
  const { word } = lookOf({ ...next, type: "COLLECT_INFO", response: "awaiting" });
  const when = next.status === "SCHEDULED" && next.due_at ? moment(next.due_at, now) : word;
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <span className="truncate">{next.label}</span>
      <span
        className={`shrink-0 text-small ${waitsForUs(next) ? "font-medium text-indigo-text" : "text-muted"}`}
      >
        {when}
      </span>
    </span>
  );
}
