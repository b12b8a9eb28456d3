import { expect, it } from "vitest";
import { previewHeight } from "./preview-height";

it("grows with lines, wraps long ones and has an end", () => {
  const one = previewHeight("Hi Priya,");
  expect(previewHeight("Hi Priya,\nwelcome")).toBe(one + 24);
  expect(previewHeight("x".repeat(100))).toBe(one + 48);
  expect(previewHeight("word\n".repeat(10_000))).toBe(4_000);
});
