import { expect, it } from "vitest";
import { originOf } from "./origin";

const answer = { origin: "ai", sources: [] as string[], model: "m-1", updated_by: "" } as const;

it.each([
  [
    { sources: ["Deal", "Company", "Notes from sales"] },
    "Draft · AI, from Deal, Company and Notes from sales",
  ],
  [{ sources: ["Deal"] }, "Draft · AI, from Deal"],
  [{}, "Draft · AI"],
  [{ origin: "template", model: "not AI" }, "Draft · not AI, a placeholder"],
  [{ origin: "ae", updated_by: "Tom Baker", model: "not AI" }, "Reviewed by Tom Baker"],
  [
    { origin: "ae", updated_by: "Tom Baker", sources: ["Deal"] },
    "Reviewed by Tom Baker, first drafted by AI from Deal",
  ],
] as const)("%o reads %j", (more, words) => {
  expect(originOf({ ...answer, ...more } as never)).toBe(words);
});

it("speaks to whoever answered", () => {
  expect(originOf({ ...answer, origin: "ae" }, true)).toBe("Reviewed by you, first drafted by AI");
});
