/** What each action state is called and how it is drawn. */
import type { ActionStatus, ActionType } from "@/client";
import type { KnotKind } from "@/components/thread/knot";
import type { Tone } from "@/components/thread/state-label";

export interface Look {
  word: string;
  knot: KnotKind;
  tone: Tone;
}

const LOOKS: Record<ActionStatus, Look> = {
  PENDING: { word: "Not due yet", knot: "upcoming", tone: "muted" },
  SCHEDULED: { word: "Scheduled", knot: "upcoming", tone: "muted" },
  DRAFTING: { word: "Drafting", knot: "working", tone: "muted" },
  READY: { word: "To review", knot: "us", tone: "indigo" },
  APPROVED: { word: "Approved", knot: "working", tone: "indigo" },
  EXECUTING: { word: "Sending", knot: "working", tone: "indigo" },
  EXECUTED: { word: "Sent", knot: "done", tone: "verdigris" },
  COMPLETED: { word: "Done", knot: "done", tone: "verdigris" },
  SKIPPED: { word: "Skipped", knot: "skipped", tone: "muted" },
  FAILED: { word: "Not sent", knot: "failed", tone: "madder" },
  CANCELLED: { word: "Cancelled", knot: "skipped", tone: "muted" },
  UNCERTAIN: { word: "Was it sent?", knot: "question", tone: "weld" },
};

const LEAVES_THE_BUILDING: ReadonlySet<ActionType> = new Set<ActionType>(["SEND_EMAIL", "SLACK_MESSAGE"]);

/** A message that is done was sent; anything else that is done is done. */
export function lookOf(action: { status: ActionStatus; type: ActionType }): Look {
  const look = LOOKS[action.status];
  return isSent(action) ? { ...look, word: "Sent" } : look;
}

export function isSent(action: { status: ActionStatus; type: ActionType }): boolean {
  const done = action.status === "EXECUTED" || action.status === "COMPLETED";
  return done && LEAVES_THE_BUILDING.has(action.type);
}

/** States the review inbox lists: what waits for a person, and what is on its way out. */
export const INBOX_STATES: ActionStatus[] = ["READY", "APPROVED", "EXECUTING", "UNCERTAIN", "FAILED"];

/** Whole seconds until the recall window closes; 0 once it has. */
export function secondsLeft(sendAt: string | null | undefined, now: number): number {
  if (!sendAt) return 0;
  return Math.max(0, Math.ceil((Date.parse(sendAt) - now) / 1_000));
}
