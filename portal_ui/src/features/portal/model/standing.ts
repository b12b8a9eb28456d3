/** Where the customer stands: the one sentence above everything, and the line laid flat beneath it. */
import type { PortalView } from "@/client";
import { day } from "@/lib/format";

export interface Standing {
  sentence: string;
  /** What it means, where the sentence alone does not say. */
  more: string;
}

type View = Pick<PortalView, "status" | "progress" | "milestones" | "live_at">;

export function standingOf(view: View, csm: string | undefined, now: number): Standing {
  const first = view.milestones[0]?.name;
  const who = csm ?? "Your contact";
  switch (view.status) {
    case "SETUP":
    case "PENDING_HANDOFF":
      return {
        sentence: "Your onboarding is being prepared",
        more: first ? `It begins with ${first}. ${who} writes to you then.` : `${who} writes to you soon.`,
      };
    case "PAUSED":
      return { sentence: "Your onboarding is paused", more: `${who} tells you when it goes on.` };
    case "CANCELLED":
      return {
        sentence: "This onboarding has ended",
        more: `If that surprises you, write to ${csm ?? "us"}.`,
      };
    case "LIVE":
      return {
        sentence: "You are live",
        more: `${view.live_at ? `Since ${day(view.live_at, now)}. ` : ""}${who} stays your contact.`,
      };
    case "ACTIVE":
      return view.progress > 0
        ? { sentence: `You are ${view.progress} % of the way to go-live`, more: "" }
        : { sentence: "Your onboarding has begun", more: "" };
  }
}

export interface Segment {
  key: string;
  /** 0 to 1: how much of this phase's piece of the line is behind you. */
  filled: number;
}

/** A piece for each phase. One that runs is never empty and never full, whatever the whole adds up to. */
export function segmentsOf({ milestones, progress }: View): Segment[] {
  const done = milestones.filter(isBehind).length;
  const along = (progress / 100) * milestones.length - done;
  return milestones.map((milestone) => ({
    key: milestone.key,
    filled: isBehind(milestone)
      ? 1
      : milestone.status === "IN_PROGRESS"
        ? Math.min(0.9, Math.max(0.12, along))
        : 0,
  }));
}

function isBehind({ status }: { status: string }): boolean {
  return status === "COMPLETED" || status === "SKIPPED";
}
