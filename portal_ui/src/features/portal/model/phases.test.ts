import { expect, it } from "vitest";
import type { PortalMilestone } from "@/client";
import { phaseLook } from "./phases";

const PHASE: PortalMilestone = {
  key: "kickoff",
  name: "Kickoff",
  description: "",
  status: "NOT_STARTED",
  starts_at: null,
  ends_at: null,
  tasks: [],
};
const look = (more: Partial<PortalMilestone>) => phaseLook({ ...PHASE, ...more });

it("dates what is done, plans what runs, and guesses politely at what is to come", () => {
  const dates = { starts_at: "2026-11-09T09:00:00Z", ends_at: "2026-11-16T09:00:00Z" };
  expect(look({ status: "COMPLETED", ...dates }).dates).toBe("9 Nov to 16 Nov");
  expect(look({ status: "COMPLETED", ...dates, ends_at: dates.starts_at }).dates).toBe("9 Nov");
  expect(look({ status: "IN_PROGRESS", ...dates }).dates).toBe("Since 9 Nov, planned until 16 Nov");
  expect(look({ ...dates }).word).toBe("From about 9 Nov");
  expect(look({}).word).toBe("To come");
});

it("says who has the ball", () => {
  const task = {
    key: "a",
    type: "COLLECT_INFO",
    label: "A",
    required: true,
    due_at: null,
    note: "",
  } as const;
  expect(look({ status: "IN_PROGRESS", tasks: [{ ...task, status: "open" }] }).word).toBe("Waiting for you");
  expect(look({ status: "IN_PROGRESS", tasks: [{ ...task, status: "sent" }] }).word).toBe("Now");
});
