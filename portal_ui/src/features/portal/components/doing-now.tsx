/** What the other side has in hand, by name, and what follows. */
import type { PortalView } from "@/client";
import { Knot } from "@/components/thread/knot";
import { shortDay } from "@/lib/format";

export function DoingNow({ view, csm }: { view: PortalView; csm: string | undefined }) {
  const sent = view.milestones.flatMap(({ tasks }) => tasks).filter(({ status }) => status === "sent");
  const doing = [...sent.map(({ label }) => `Checking your answers: ${label}`), ...view.doing];
  const next = view.milestones.find(({ status }) => status === "NOT_STARTED");
  if (doing.length === 0 && !next) return null;
  return (
    <section aria-labelledby="doing">
      <h2 id="doing" className="text-title font-semibold">
        {doing.length > 0 ? "We are doing" : "What's next"}
      </h2>
      {doing.length > 0 && csm && <p className="text-small text-muted">{csm} is on it</p>}
      <ul className="mt-3 flex flex-col gap-2.5">
        {doing.map((what) => (
          <li key={what} className="flex gap-3">
            <span className="mt-0.75">
              <Knot kind="us" size={18} />
            </span>
            <span className="min-w-0 text-pretty">{what}</span>
          </li>
        ))}
        {next && (
          <li className="flex gap-3">
            <span className="mt-0.75">
              <Knot kind="upcoming" size={18} />
            </span>
            <span className="min-w-0 text-pretty">
              {doing.length > 0 ? `Next: ${next.name}` : next.name}
              {next.starts_at && (
                <span className="block text-small text-muted">From about {shortDay(next.starts_at)}</span>
              )}
            </span>
          </li>
        )}
      </ul>
    </section>
  );
}
