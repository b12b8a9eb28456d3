/** What each account status is called and how it is drawn. */
import type { AccountStatus, HandoffStatus } from "@/client";
import type { KnotKind } from "@/components/thread/knot";
import type { Tone } from "@/components/thread/state-label";

interface Look {
  word: string;
  knot: KnotKind;
  tone: Tone;
}

interface Handed {
  status: AccountStatus;
  handoff_status?: HandoffStatus | null;
}

export const ACCOUNT_STATUS: Record<AccountStatus, Look> = {
  SETUP: { word: "Setting up", knot: "working", tone: "muted" },
  PENDING_HANDOFF: { word: "Handoff", knot: "upcoming", tone: "ink" },
  ACTIVE: { word: "Active", knot: "active", tone: "ink" },
  PAUSED: { word: "Paused", knot: "upcoming", tone: "muted" },
  LIVE: { word: "Live", knot: "done", tone: "verdigris" },
  CANCELLED: { word: "Cancelled", knot: "skipped", tone: "muted" },
};

export const ACCOUNT_STATUSES = Object.keys(ACCOUNT_STATUS) as AccountStatus[];

/** Who has an account that is not handed over yet, where that is known. */
export function lookOfAccount({ status, handoff_status }: Handed): Look {
  if (status !== "PENDING_HANDOFF" || !handoff_status) return ACCOUNT_STATUS[status];
  return handoff_status === "SUBMITTED"
    ? { word: "To take over", knot: "us", tone: "indigo" }
    : { word: "With sales", knot: "customer", tone: "ink" };
}
