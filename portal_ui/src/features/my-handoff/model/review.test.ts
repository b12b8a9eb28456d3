import { expect, it } from "vitest";
import { byLoad, obstaclesTo, reviewedOf } from "./review";

const QUESTIONS = [
  { key: "use_case", label: "Use case", required: true },
  { key: "risks", label: "Risks", required: false },
  { key: "goals", label: "Goals", required: true },
];
const given = (question: string, more = {}) => ({
  question,
  origin: "ai" as const,
  value: "Reporting",
  pending: false,
  ...more,
});

const entry = (name: string, accounts: number) => ({ id: name, name, accounts, time_zone: "UTC" });

it("counts what the AE has kept or rewritten", () => {
  const answers = [given("use_case", { origin: "ae" }), given("risks"), given("gone", { origin: "ae" })];
  expect(reviewedOf(QUESTIONS, answers)).toBe(1);
});

it("names what stands in the way, in the order of the page", () => {
  const answers = [given("use_case", { value: " " }), given("goals", { pending: true })];
  const found = obstaclesTo(QUESTIONS, answers, ["risks"], undefined);
  expect(found.map(({ key, message }) => [key, message])).toEqual([
    ["use_case", "Needs an answer"],
    ["risks", "Could not be saved"],
    ["goals", "Is being drafted again"],
    ["csm", "Choose somebody"],
  ]);
  expect(obstaclesTo(QUESTIONS, [given("use_case"), given("goals")], [], "mara")).toEqual([]);
});

it("puts whoever has least to do first", () => {
  expect(byLoad([entry("Mara", 4), entry("Ben", 2), entry("Ana", 4)]).map(({ name }) => name)).toEqual([
    "Ben",
    "Ana",
    "Mara",
  ]);
});
