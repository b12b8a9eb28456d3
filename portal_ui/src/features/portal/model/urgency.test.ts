import { describe, expect, it } from "vitest";
import { dueOf, type Task, todoOf } from "./urgency";

function task(key: string, more: Partial<Task> = {}): Task {
  return {
    key,
    label: key,
    type: "COLLECT_INFO",
    status: "open",
    required: true,
    due_at: null,
    note: "",
    ...more,
  };
}

const order = (...tasks: Task[]) => {
  const { next, others } = todoOf(tasks);
  return [next, ...others].map((each) => each?.key);
};

describe("what comes next", () => {
  it("is what was returned, then what is required, then what is due first, then the plan's order", () => {
    expect(
      order(
        task("optional", { required: false, due_at: "2026-11-23T09:00:00Z" }),
        task("undated"),
        task("undated too"),
        task("later", { due_at: "2026-12-09T09:00:00Z" }),
        task("sooner", { due_at: "2026-12-01T09:00:00Z" }),
        task("returned", { status: "returned", required: false }),
      ),
    ).toEqual(["returned", "sooner", "later", "undated", "undated too", "optional"]);
  });

  it("is nothing when there is nothing", () => {
    expect(todoOf([])).toEqual({ next: undefined, others: [] });
  });
});

describe("when it is due", () => {
  const now = new Date("2026-11-22T12:00:00").getTime();
  it.each([
    ["2026-11-22T23:00:00", "Due today", false],
    ["2026-11-23T01:00:00", "Due tomorrow", false],
    ["2026-11-25T09:00:00", "Due Wed 25 Nov, in 3 days", false],
    ["2026-11-21T09:00:00", "Was due Sat 21 Nov, yesterday", true],
    ["2026-11-19T09:00:00", "Was due Thu 19 Nov, 3 days ago", true],
  ])("%s is %s", (due, words, late) => {
    expect(dueOf({ due_at: new Date(due).toISOString() }, now)).toEqual({ words, late });
  });

  it("says nothing without a date", () => {
    expect(dueOf({ due_at: null }, now)).toBeUndefined();
  });
});
