import { expect, it } from "vitest";
import { checksOf } from "./checks";

const GOOD = { to: ["priya@bluefern.example"], subject: "Welcome", text: "Hi Priya", unresolved: [] };
const failed = (change: Partial<typeof GOOD> & { unresolved?: string[] }) =>
  checksOf({ ...GOOD, ...change } as never).filter((check) => !check.passed);

it("passes a draft that is whole", () => {
  expect(failed({})).toEqual([]);
});

it("names every variable without a value", () => {
  expect(failed({ unresolved: ["custom.room", "go_live_date"] as never[] })[0]?.text).toBe(
    "No value for {{custom.room}}, {{go_live_date}}",
  );
});

it("asks for a recipient, a subject and a body", () => {
  expect(failed({ to: [] })[0]?.text).toBe("Has no recipient");
  expect(failed({ subject: " " })[0]?.text).toBe("The subject is empty");
  expect(failed({ text: "\n" })[0]?.text).toBe("The body is empty");
});
