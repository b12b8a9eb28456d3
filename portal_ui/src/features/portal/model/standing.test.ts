import { describe, expect, it } from "vitest";
import type { MilestoneStatus, PortalView } from "@/client";
import { segmentsOf, standingOf } from "./standing";

const NOW = new Date("2026-11-22T12:00:00").getTime();

function view(more: Partial<PortalView>, ...statuses: MilestoneStatus[]): PortalView {
  const milestones = statuses.map((status, index) => ({
    key: `m${index}`,
    name: `Phase ${index}`,
    description: "",
    status,
    starts_at: null,
    ends_at: null,
    tasks: [],
  }));
  return {
    status: "ACTIVE",
    progress: 0,
    milestones,
    todo: [],
    doing: [],
    next: "",
    live_at: null,
    revision: 1,
    ...more,
  };
}

const filled = (progress: number, ...statuses: MilestoneStatus[]) =>
  segmentsOf(view({ progress }, ...statuses)).map((segment) => segment.filled);

describe("the sentence", () => {
  it.each([
    [{ status: "PENDING_HANDOFF" }, "Your onboarding is being prepared"],
    [{ status: "ACTIVE", progress: 0 }, "Your onboarding has begun"],
    [{ status: "ACTIVE", progress: 46 }, "You are 46 % of the way to go-live"],
    [{ status: "PAUSED", progress: 46 }, "Your onboarding is paused"],
    [{ status: "LIVE", progress: 100 }, "You are live"],
    [{ status: "CANCELLED" }, "This onboarding has ended"],
  ] as const)("for %o is %s", (more, sentence) => {
    expect(standingOf(view(more, "NOT_STARTED"), "Mara", NOW).sentence).toBe(sentence);
  });

  it("says what comes next while nothing has begun", () => {
    const { more } = standingOf(view({ status: "SETUP" }, "NOT_STARTED"), "Mara", NOW);
    expect(more).toBe("It begins with Phase 0. Mara writes to you then.");
  });
});

describe("the line", () => {
  it("fills phase by phase", () => {
    expect(filled(37.5, "COMPLETED", "IN_PROGRESS", "NOT_STARTED", "NOT_STARTED")).toEqual([1, 0.5, 0, 0]);
    expect(filled(100, "COMPLETED", "SKIPPED")).toEqual([1, 1]);
  });

  it("never contradicts the phases, however they are weighted", () => {
    expect(filled(2, "COMPLETED", "IN_PROGRESS")).toEqual([1, 0.12]);
    expect(filled(90, "IN_PROGRESS", "NOT_STARTED", "NOT_STARTED")).toEqual([0.9, 0, 0]);
  });
});
