/** What each account status is called and how it is drawn. */
import type { AccountStatus } from "@/client";
import type { KnotKind } from "@/components/thread/knot";
import type { Tone } from "@/components/thread/state-label";

export const ACCOUNT_STATUS: Record<AccountStatus, { word: string; knot: KnotKind; tone: Tone }> = {
  SETUP: { word: "Setting up", knot: "working", tone: "muted" },
  PENDING_HANDOFF: { word: "With sales", knot: "us", tone: "ink" },
  ACTIVE: { word: "Active", knot: "active", tone: "ink" },
  PAUSED: { word: "Paused", knot: "upcoming", tone: "muted" },
  LIVE: { word: "Live", knot: "done", tone: "verdigris" },
  CANCELLED: { word: "Cancelled", knot: "skipped", tone: "muted" },
};

export const ACCOUNT_STATUSES = Object.keys(ACCOUNT_STATUS) as AccountStatus[];
