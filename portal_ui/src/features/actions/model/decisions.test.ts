import { beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "@/lib/problem";
import { DecisionBook } from "./decisions";
import type { Shown } from "./identity";

const SHOWN: Shown = {
  account_id: "a1",
  key: "welcome",
  status: "READY",
  draft_revision: 1,
  updated_at: "2026-11-22T12:00:00Z",
};

let book: DecisionBook;

beforeEach(() => {
  let count = 0;
  book = new DecisionBook(() => `id-${++count}`);
});

describe("ids", () => {
  it("are one per showing and kind, so that a double click is one decision", () => {
    expect(book.idFor("approve", SHOWN)).toBe(book.idFor("approve", SHOWN));
    expect(book.idFor("approve", SHOWN)).not.toBe(book.idFor("edit", SHOWN));
  });

  it("are new for other words, which are another decision", () => {
    expect(book.idFor("edit", SHOWN, "Hi Priya")).not.toBe(book.idFor("edit", SHOWN, "Hi Tom"));
  });

  it("are new for another revision", () => {
    expect(book.idFor("approve", SHOWN)).not.toBe(book.idFor("approve", { ...SHOWN, draft_revision: 2 }));
  });

  it("are new when the same revision is approved again after a recall", () => {
    const first = book.idFor("approve", SHOWN);
    const recalled = { ...SHOWN, updated_at: "2026-11-22T12:00:08Z" };
    expect(book.idFor("approve", recalled)).not.toBe(first);
  });
});

describe("outcomes", () => {
  it("hold while the screen lags behind, and end when the action moves on", () => {
    book.record(SHOWN, "approve", "accepted");
    expect(book.about(SHOWN)?.phase).toBe("accepted");
    expect(book.about({ ...SHOWN, status: "APPROVED" })).toBeUndefined();
  });

  it("keep a refusal until it is dismissed, whatever new content arrives", () => {
    book.record(SHOWN, "approve", "refused", new Problem(409, { detail: "Ben changed this draft." }));
    const reloaded = { ...SHOWN, draft_revision: 2 };
    expect(book.about(reloaded)?.problem?.message).toBe("Ben changed this draft.");
    book.dismiss(reloaded);
    expect(book.about(reloaded)).toBeUndefined();
  });

  it("remember what was approved here, and tell whoever listens", () => {
    const listener = vi.fn();
    book.subscribe(listener);
    book.record(SHOWN, "approve", "asking");
    expect(book.approved.size).toBe(0);
    book.record(SHOWN, "approve", "accepted");
    expect([...book.approved.keys()]).toEqual(["a1/welcome"]);
    book.forgetApproved();
    expect(book.approved.size).toBe(0);
    expect(listener).toHaveBeenCalledTimes(3);
  });
});
