/** What an account needs next, and how that stands or when it comes. */
import type { NextAction } from "@/client";
import { lookOf } from "@/features/actions/model/states";
import { moment } from "@/lib/format";

/** States in which a person is being waited for. */
const CALLS: ReadonlySet<string> = new Set(["READY", "FAILED", "UNCERTAIN"]);

export function NextActionCell({ next, now }: { next: NextAction | null; now: number }) {
  if (!next) return <span className="text-muted">Nothing planned</span>;
  const { word } = lookOf({ status: next.status, type: "SEND_EMAIL" });
  const when = next.status === "SCHEDULED" && next.due_at ? moment(next.due_at, now) : word;
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <span className="truncate">{next.label}</span>
      <span
        className={`shrink-0 text-small ${CALLS.has(next.status) ? "font-medium text-indigo-text" : "text-muted"}`}
      >
        {when}
      </span>
    </span>
  );
}
