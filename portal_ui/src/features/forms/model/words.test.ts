import { expect, it } from "vitest";
import { answerInWords, problemsByField } from "./words";

it.each([
  ["yes_no", false, "No"],
  ["number", 1200.5, "1,200.5"],
  ["multi_select", ["Sales", "Support"], "Sales, Support"],
  ["date", "2019-03-31", "31 Mar 2019"],
  ["text", "Blue Fern", "Blue Fern"],
  ["text", null, ""],
  ["multi_select", [], ""],
] as const)("reads a %s of %j as %j", (type, answer, words) => {
  expect(answerInWords({ type }, answer as never)).toBe(words);
});

it("finds the field a refusal is about", () => {
  const problems = problemsByField(
    [
      { field: "values.users", message: "is not a number" },
      { field: "csm_id", message: "is not on the roster" },
    ],
    "values.",
  );
  expect([...problems]).toEqual([
    ["users", "Is not a number"],
    ["csm_id", "Is not on the roster"],
  ]);
});
