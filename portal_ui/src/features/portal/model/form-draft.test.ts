import { describe, expect, it } from "vitest";
import { draftFrom, isStillSent } from "./form-draft";

const SUBMISSION = {
  values: { users: 40 },
  submitted_at: "2026-11-22T14:00:00Z",
  submitted_by: "Dana",
};

it("begins with what was typed last, else with what was sent", () => {
  expect(draftFrom({ values: { users: 41 }, submission: SUBMISSION })).toEqual({ users: 41 });
  expect(draftFrom({ values: {}, submission: SUBMISSION })).toEqual({ users: 40 });
  expect(draftFrom({ values: {}, submission: null })).toEqual({});
});

describe("after sending", () => {
  const sent = { values: {}, at: "2026-11-22T14:00:00Z", note: "Which domain?" };

  it("stays sent while the server's word lags", () => {
    expect(isStillSent(sent, { status: "open", note: "" })).toBe(true);
    expect(isStillSent(sent, { status: "returned", note: "Which domain?" })).toBe(true);
  });

  it("believes the server once it has news", () => {
    expect(isStillSent(sent, { status: "sent", note: "" })).toBe(false);
    expect(isStillSent(sent, { status: "returned", note: "And the second one?" })).toBe(false);
    expect(isStillSent(undefined, { status: "open", note: "" })).toBe(false);
  });
});
