import { expect, it } from "vitest";
import type { ActionStatus, MilestoneStatus } from "@/client";
import { phaseOf } from "./phases";

const milestone = (status: MilestoneStatus, ...actions: ActionStatus[]) => ({
  key: "kickoff",
  name: "Kickoff",
  status,
  started_at: "2026-11-09T09:00:00Z",
  completed_at: status === "COMPLETED" ? "2026-11-10T09:00:00Z" : null,
  actions: actions.map((each) => ({ status: each, response: "" as const })),
});

const word = (status: MilestoneStatus, ...actions: ActionStatus[]) =>
  phaseOf(milestone(status, ...actions)).word;

it("dates what is done and leaves what is to come undated", () => {
  expect(word("COMPLETED", "COMPLETED")).toBe("Done 10 Nov");
  expect(word("NOT_STARTED", "PENDING")).toBe("To come");
  expect(word("SKIPPED")).toBe("Skipped");
});

it("lets what needs a person most speak for the phase", () => {
  expect(word("IN_PROGRESS", "SCHEDULED")).toBe("Now");
  expect(word("IN_PROGRESS", "READY", "READY")).toBe("2 to review");
  expect(word("IN_PROGRESS", "READY", "UNCERTAIN")).toBe("Was it sent?");
  expect(word("IN_PROGRESS", "UNCERTAIN", "FAILED")).toBe("Not sent");
  expect(word("IN_PROGRESS", "COMPLETED", "EXECUTED")).toBe("With the customer");
  const answered = { ...milestone("IN_PROGRESS"), actions: [{ status: "EXECUTED", response: "submitted" }] };
  expect(phaseOf(answered as never).word).toBe("Answers to check");
});
