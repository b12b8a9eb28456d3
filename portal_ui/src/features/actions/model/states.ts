/** What each action state is called and how it is drawn. */
import type { ActionStatus, ActionType, ResponseStatus } from "@/client";
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

const RESPONSES: Partial<Record<ResponseStatus, Look>> = {
  awaiting: { word: "With the customer", knot: "customer", tone: "ink" },
  submitted: { word: "Answers to check", knot: "us", tone: "indigo" },
  returned: { word: "Returned to the customer", knot: "customer", tone: "ink" },
};

interface Stated {
  status: ActionStatus;
  type: ActionType;
  response?: ResponseStatus | undefined;
}

/** A message that is done was sent; what was asked of the customer is with them; anything else that is done is done. */
export function lookOf(action: Stated): Look {
  const response = action.status === "EXECUTED" && RESPONSES[action.response ?? ""];
  if (response) return response;
  const look = LOOKS[action.status];
  return isSent(action) ? { ...look, word: "Sent" } : look;
}

/** Does somebody here have to do something about it? */
export function waitsForUs({ status, response }: Pick<Stated, "status" | "response">): boolean {
  return CALLS.has(status) || hasAnswers({ status, response });
}

/** The customer was asked for something, so what they said matters more than how they were asked. */
export function hasResponse({ type, status }: Pick<Stated, "type" | "status">): boolean {
  return type === "COLLECT_INFO" && (status === "EXECUTED" || status === "COMPLETED");
}

/** The customer has sent answers that nobody has decided on. */
export function hasAnswers({ status, response }: Pick<Stated, "status" | "response">): boolean {
  return status === "EXECUTED" && response === "submitted";
}

export function isSent(action: { status: ActionStatus; type: ActionType }): boolean {
  const done = action.status === "EXECUTED" || action.status === "COMPLETED";
  return done && LEAVES_THE_BUILDING.has(action.type);
}

const CALLS: ReadonlySet<ActionStatus> = new Set<ActionStatus>(["READY", "UNCERTAIN", "FAILED"]);

/** States the review inbox reads: what waits for a person, what is on its way out, and what customers have. */
export const INBOX_STATES: ActionStatus[] = [
  "READY",
  "APPROVED",
  "EXECUTING",
  "EXECUTED",
  "UNCERTAIN",
  "FAILED",
];

/** What a customer has is no business of the inbox, until it comes back. */
export function isInboxRow(action: Pick<Stated, "status" | "response">): boolean {
  return action.status !== "EXECUTED" || hasAnswers(action);
}

/** Whole seconds until the recall window closes; 0 once it has. */
export function secondsLeft(sendAt: string | null | undefined, now: number): number {
  if (!sendAt) return 0;
  return Math.max(0, Math.ceil((Date.parse(sendAt) - now) / 1_000));
}
