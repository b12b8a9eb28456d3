import { expect, it } from "vitest";
import { holdRows } from "./held-rows";

const id = (row: string) => row;
const KNOWN = new Set(["b", "d"]);

it("shows everything while nobody is at the list, and the first time", () => {
  expect(holdRows(["a", "b", "d"], id, undefined).held).toEqual([]);
  expect(holdRows(["a", "b"], id, new Set()).held).toEqual([]);
});

it("holds back only what would move a row that is already there", () => {
  expect(holdRows(["a", "b", "c", "d", "e"], id, KNOWN)).toEqual({
    shown: ["b", "d", "e"],
    held: ["a", "c"],
  });
});

it("lets rows go", () => {
  expect(holdRows(["d"], id, KNOWN)).toEqual({ shown: ["d"], held: [] });
});
