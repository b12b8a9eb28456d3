import { expect, it } from "vitest";
import { Places } from "./places";

const action = (due_at: string | null, updated_at: string | null) => ({
  account_id: "a1",
  key: "welcome",
  due_at,
  updated_at,
});

it("keeps the first time it saw, whatever changes later", () => {
  const places = new Places();
  expect(places.of(action("2026-11-22T09:00:00Z", "2026-11-22T09:00:01Z"))).toBe("2026-11-22T09:00:00Z");
  expect(places.of(action(null, "2026-11-22T12:00:00Z"))).toBe("2026-11-22T09:00:00Z");
});

it("takes the last change where no due time is known, and nothing where nothing is", () => {
  expect(new Places().of(action(null, "2026-11-22T12:00:00Z"))).toBe("2026-11-22T12:00:00Z");
  expect(new Places().of(action(null, null))).toBeNull();
});
