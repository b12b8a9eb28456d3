import { describe, expect, it } from "vitest";
import { check, type Field, isShown, typedOf } from "./fields";

function field(key: string, more: Partial<Field> = {}): Field {
  return { key, label: key, type: "text", required: true, help: "", options: [], show_if: null, ...more };
}

const SOURCE = field("source", { type: "select", options: ["Spreadsheets", "Another product"] });
const PRODUCT = field("product", { show_if: { field: "source", equals: "Another product" } });
const TEAMS = field("teams", { type: "multi_select", options: ["Sales", "Support"], required: false });
const LEAD = field("lead", { show_if: { field: "teams", equals: "Support" } });
const SSO = field("sso", { type: "yes_no" });
const PROVIDER = field("provider", { show_if: { field: "sso", equals: true } });

describe("show_if", () => {
  it("asks when the other field has the value, or one of its choices is it", () => {
    expect(isShown(PRODUCT, { source: "Another product" })).toBe(true);
    expect(isShown(PRODUCT, { source: "Spreadsheets" })).toBe(false);
    expect(isShown(PRODUCT, {})).toBe(false);
    expect(isShown(LEAD, { teams: ["Sales", "Support"] })).toBe(true);
    expect(isShown(LEAD, { teams: ["Sales"] })).toBe(false);
    expect(isShown(PROVIDER, { sso: true })).toBe(true);
    expect(isShown(PROVIDER, { sso: false })).toBe(false);
  });

  it("hides what depends on something hidden, and leaves its answer out", () => {
    const deep = field("version", { show_if: { field: "product", equals: "Other CRM" } });
    const typed = { source: "Spreadsheets", product: "Other CRM", version: "4" };
    const { shown, answers } = check([SOURCE, PRODUCT, deep], typed, true);
    expect(shown.map(({ key }) => key)).toEqual(["source"]);
    expect(answers).toEqual({ source: "Spreadsheets" });
  });

  it("remembers a hidden answer until the field is asked again", () => {
    const typed = { source: "Another product", product: "Other CRM" };
    expect(check([SOURCE, PRODUCT], typed, true).answers).toEqual(typed);
  });
});

describe("check", () => {
  it("misses required answers only when all must be there", () => {
    expect(check([SOURCE, TEAMS, SSO], {}, false).problems).toEqual([]);
    expect(check([SOURCE, TEAMS, SSO], { source: " " }, true).problems).toEqual([
      { field: "source", message: "Needs an answer" },
      { field: "sso", message: "Needs an answer" },
    ]);
  });

  it("takes No for an answer, and no choice for none", () => {
    expect(check([SSO, TEAMS], { sso: false, teams: [] }, true)).toMatchObject({
      answers: { sso: false },
      problems: [],
    });
  });

  it("puts answers into canonical form", () => {
    const typed = {
      source: "Spreadsheets",
      teams: ["Support", "Sales"],
      users: " 1 200 ",
      name: " Blue Fern ",
    };
    const fields = [SOURCE, TEAMS, field("users", { type: "number" }), field("name")];
    expect(check(fields, typed, true).answers).toEqual({
      source: "Spreadsheets",
      teams: ["Sales", "Support"],
      users: 1200,
      name: "Blue Fern",
    });
  });

  it.each(["forty", "1,200", "12abc", "1e9", "--4"])("does not guess at the number %s", (text) => {
    const { problems, answers } = check([field("users", { type: "number" })], { users: text }, false);
    expect(problems).toEqual([{ field: "users", message: "Use digits only, for example 120" }]);
    expect(answers).toEqual({});
  });

  it("says how long is too long, and keeps the other answers", () => {
    const { problems, answers } = check([field("name"), SSO], { name: "x".repeat(301), sso: true }, false);
    expect(problems[0]?.message).toBe("Has 301 characters, and there is room for 300");
    expect(answers).toEqual({ sso: true });
  });
});

it("shows saved answers as fields hold them", () => {
  const fields = [field("users", { type: "number" }), SSO, TEAMS, field("name")];
  expect(typedOf(fields, { users: 40, sso: false, teams: ["Sales"], name: null })).toEqual({
    users: "40",
    sso: false,
    teams: ["Sales"],
    name: undefined,
  });
});
