import { describe, expect, it } from "vitest";
import { asProblem, Problem } from "./problem";

describe("Problem", () => {
  it("speaks the server's sentence and keeps its reason and fields", () => {
    const problem = new Problem(409, {
      title: "Conflict",
      detail: "Ben changed this draft.",
      reason: "stale_draft",
      errors: [{ field: "body", message: "Write something." }],
    });
    expect(problem.message).toBe("Ben changed this draft.");
    expect(problem.reason).toBe("stale_draft");
    expect(problem.field("body")).toBe("Write something.");
    expect(problem.field("subject")).toBeUndefined();
  });

  it("has a sentence of its own when the answer is not a problem document", () => {
    expect(new Problem(502, "<html>").message).toContain("502");
    expect(asProblem(new TypeError("fetch failed")).status).toBe(0);
    expect(asProblem(new TypeError("fetch failed")).message).toContain("did not answer");
  });
});
