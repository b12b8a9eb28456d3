import { expect, it } from "vitest";
import { isContactId } from "./remembered-contact";

it("knows a contact's id from anything else in the address", () => {
  expect(isContactId("5f2ad240-3ccc-4bc0-91fc-04bbc58bb524")).toBe(true);
  expect(isContactId("not-a-uuid")).toBe(false);
  expect(isContactId("5f2ad240-3ccc-4bc0-91fc-04bbc58bb524x")).toBe(false);
});
