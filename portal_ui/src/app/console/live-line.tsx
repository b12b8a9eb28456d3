/** The amber line: what is on the screen may be old, and since when. */
import { clockTime } from "@/lib/format";
import type { Live } from "./use-live";

export function LiveLine({ live }: { live: Live }) {
  return (
    <div role="status">
      {live.state === "paused" && (
        <p className="border-b border-weld-line bg-weld-soft px-4 py-1.5 text-small font-medium text-weld-text tabular md:px-8">
          Live updates paused since {clockTime(new Date(live.since).toISOString())}. What you see is read
          again every 15 s.
        </p>
      )}
    </div>
  );
}
