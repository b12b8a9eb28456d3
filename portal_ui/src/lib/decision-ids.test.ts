import { expect, it } from "vitest";
import { DecisionIds } from "./decision-ids";

it("gives the same decision the same id, and another one another", () => {
  let made = 0;
  const ids = new DecisionIds(() => String(++made));
  const first = ids.for("submit", { users: 40 });
  expect(ids.for("submit", { users: 40 })).toBe(first);
  expect(ids.for("submit", { users: 41 })).not.toBe(first);
});
