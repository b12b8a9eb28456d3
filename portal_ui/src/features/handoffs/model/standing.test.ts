import { expect, it } from "vitest";
import type { HandoffStatus } from "@/client";
import { standingOf } from "./standing";

const NOW = new Date("2026-11-22T12:00:00").getTime();
const HANDOFF = {
  reason: "",
  submitted_by: "Tom Baker",
  submitted_at: new Date("2026-11-22T10:30:00").toISOString(),
  csm: { id: "m", name: "Mara Lind" },
  due_at: null,
  ae: { name: "Tom Baker", email: "tom@ostrava.example" },
};
const titleOf = (status: HandoffStatus, more = {}) => standingOf({ ...HANDOFF, status, ...more }, NOW).title;

it("says who has the ball", () => {
  expect(titleOf("PREPARING")).toBe("The answers are being drafted");
  expect(titleOf("OPEN")).toBe("With Tom Baker");
  expect(titleOf("OPEN", { ae: { name: "", email: "" } })).toBe("Nobody in sales was asked");
  expect(titleOf("SUBMITTED")).toBe("Mara Lind is asked to take over");
  expect(titleOf("RETURNED")).toBe("Returned to Tom Baker");
  expect(titleOf("ACCEPTED")).toBe("Taken over by Mara Lind");
});

it("says when the next reminder goes out, and when none is left", () => {
  const due_at = new Date("2026-11-23T09:00:00").toISOString();
  expect(standingOf({ ...HANDOFF, status: "OPEN", due_at }, NOW).words).toContain("tomorrow 09:00");
  expect(standingOf({ ...HANDOFF, status: "OPEN" }, NOW).words).toContain("Every reminder has gone out");
});

it("tells a start without sales from one with", () => {
  expect(standingOf({ ...HANDOFF, status: "ACCEPTED", submitted_at: null }, NOW).words).toBe(
    "Started without an answer from sales.",
  );
});
