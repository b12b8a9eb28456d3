import { describe, expect, it } from "vitest";
import type { ActionStatus, ActionSummary } from "@/client";
import { groupInbox, neighbour, nextToReview } from "./inbox";

const NOW = new Date("2026-11-22T12:00:00").getTime();

function action(key: string, due: string, status: ActionStatus = "READY"): ActionSummary {
  return {
    key,
    account_id: "a1",
    company_name: "Blue Fern",
    milestone_key: "kickoff",
    milestone_name: "Kickoff",
    type: "SEND_EMAIL",
    label: key,
    status,
    required: true,
    due_at: new Date(due).toISOString(),
    trigger: "",
    subject: "",
    draft_revision: 1,
    send_at: null,
    decided_by: "",
    reason: "",
    response: "",
    submission_id: null,
    updated_at: "2026-11-22T12:00:00Z",
  };
}

const LATE = action("late", "2026-11-20T09:00:00");
const NOON = action("noon", "2026-11-22T12:00:00");
const MORNING = action("morning", "2026-11-22T09:00:00");
const LATER = action("later", "2026-11-25T09:00:00");
const UNSURE = action("unsure", "2026-11-25T09:00:00", "UNCERTAIN");

describe("groupInbox", () => {
  it("puts questions first, then by day, earliest due first", () => {
    const groups = groupInbox([NOON, LATER, LATE, UNSURE, MORNING], NOW);
    expect(groups.map((group) => [group.name, group.actions.map((each) => each.key)])).toEqual([
      ["Needs an answer", ["unsure"]],
      ["Overdue", ["late"]],
      ["Today", ["morning", "noon"]],
      ["Later", ["later"]],
    ]);
  });

  it("leaves a row where it was when it is approved", () => {
    const groups = groupInbox([MORNING, { ...NOON, status: "APPROVED" }], NOW);
    expect(groups[0]?.actions.map((each) => each.key)).toEqual(["morning", "noon"]);
  });
});

describe("moving through it", () => {
  const rows = [LATE, MORNING, NOON];

  it("steps to the neighbour and stops at the ends", () => {
    expect(neighbour(rows, "a1/late", 1)).toBe(MORNING);
    expect(neighbour(rows, "a1/late", -1)).toBe(LATE);
    expect(neighbour(rows, "a1/noon", 1)).toBe(NOON);
    expect(neighbour(rows, undefined, 1)).toBe(LATE);
    expect(neighbour([], undefined, 1)).toBeUndefined();
  });

  it("goes on to what still waits, and round to the top", () => {
    expect(nextToReview(rows, "a1/late")).toBe(MORNING);
    expect(nextToReview(rows, "a1/noon")).toBe(LATE);
    const sent = rows.map((each) => ({ ...each, status: "APPROVED" as const }));
    expect(nextToReview(sent, "a1/noon")).toBeUndefined();
  });
});
