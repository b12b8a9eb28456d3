import { expect, it } from "vitest";
import { typingOver } from "./typing";

const DRAFT = { source_subject: "Welcome", body: "Hi {{contact_first_name}}", revision: 2 };

it("shows the draft's own words until something is typed", () => {
  expect(typingOver(DRAFT, undefined)).toEqual({
    words: { subject: "Welcome", body: "Hi {{contact_first_name}}", revision: 2 },
    unsaved: false,
    behind: false,
  });
});

it("knows unsaved words", () => {
  const typing = typingOver(DRAFT, { subject: "Welcome", body: "Hello", revision: 2 });
  expect(typing).toMatchObject({ unsaved: true, behind: false });
});

it("keeps the words when somebody else saved a newer revision", () => {
  const typing = typingOver(DRAFT, { subject: "Welcome", body: "Hello", revision: 1 });
  expect(typing).toMatchObject({ unsaved: true, behind: true, words: { body: "Hello" } });
});

it("is at rest once the server has the same words, whatever their revision", () => {
  const typing = typingOver(DRAFT, { subject: " Welcome", body: DRAFT.body, revision: 1 });
  expect(typing).toMatchObject({ unsaved: false, behind: false });
});
