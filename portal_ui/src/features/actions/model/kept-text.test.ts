import { expect, it } from "vitest";
import { discardKept, keep, readKept } from "./kept-text";

const ACTION = { account_id: "a1", key: "welcome" };
const TEXT = { subject: "Welcome", body: "Hi Priya", revision: 2 };

function memory(initial: Record<string, string> = {}) {
  const values = new Map(Object.entries(initial));
  return {
    getItem: (name: string) => values.get(name) ?? null,
    setItem: (name: string, value: string) => void values.set(name, value),
    removeItem: (name: string) => void values.delete(name),
  };
}

it("keeps, reads back and discards", () => {
  const store = memory();
  keep(ACTION, TEXT, store);
  expect(readKept(ACTION, store)).toEqual(TEXT);
  expect(readKept({ ...ACTION, key: "other" }, store)).toBeUndefined();
  discardKept(ACTION, store);
  expect(readKept(ACTION, store)).toBeUndefined();
});

it("reads nothing from what it did not write", () => {
  expect(readKept(ACTION, memory({ "thread.kept.a1/welcome": "{" }))).toBeUndefined();
  expect(readKept(ACTION, memory({ "thread.kept.a1/welcome": '{"subject":1}' }))).toBeUndefined();
});

it("lets the typing go on when the store is full", () => {
  const full = {
    ...memory(),
    setItem: () => {
      throw new Error("QuotaExceededError");
    },
  };
  expect(() => keep(ACTION, TEXT, full)).not.toThrow();
});
