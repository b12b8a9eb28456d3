/** What an account needs next, and when. */
import type { NextAction } from "@/client";
import { lookOf } from "@/features/actions/model/states";
import { moment } from "@/lib/format";

export function NextActionCell({ next, now }: { next: NextAction | null; now: number }) {
  if (!next) return <span className="text-muted">Nothing planned</span>;
  const { word } = lookOf({ status: next.status, type: "SEND_EMAIL" });
  const when = next.status === "SCHEDULED" && next.due_at ? moment(next.due_at, now) : word;
  return (
    <>
      <span className="block truncate">{next.label}</span>
      <span className="block truncate text-small text-muted tabular">{when}</span>
    </>
  );
}
