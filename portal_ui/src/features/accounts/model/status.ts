/** What each account status is called and how it is drawn. */
import type { AccountStatus, HandoffStatus } from "@/client";
import type { KnotKind } from "@/components/thread/knot";
import type { Tone } from "@/components/thread/state-label";

interface Look {
  word: string;
  knot: KnotKind;
  tone: Tone;
}

export const ACCOUNT_STATUS: Record<AccountStatus, Look> = {
  SETUP: { word: "Setting up", knot: "working", tone: "muted" },
  PENDING_HANDOFF: { word: "With sales", knot: "customer", tone: "ink" },
  ACTIVE: { word: "Active", knot: "active", tone: "ink" },
  PAUSED: { word: "Paused", knot: "upcoming", tone: "muted" },
  LIVE: { word: "Live", knot: "done", tone: "verdigris" },
  CANCELLED: { word: "Cancelled", knot: "skipped", tone: "muted" },
};

export const ACCOUNT_STATUSES = Object.keys(ACCOUNT_STATUS) as AccountStatus[];

/** A handoff that was submitted is no longer with sales. */
export function lookOfAccount(account: {
  status: AccountStatus;
  handoff_status?: HandoffStatus | null;
}): Look {
  if (account.status === "PENDING_HANDOFF" && account.handoff_status === "SUBMITTED") {
    return { word: "To be taken over", knot: "us", tone: "indigo" };
  }
  return ACCOUNT_STATUS[account.status];
}
