import { afterEach, expect, it } from "vitest";
import { learnServerTime, serverNow } from "./clock";

const LOCAL = Date.parse("2026-11-22T12:00:00Z");

afterEach(() => learnServerTime(new Date(LOCAL).toUTCString(), LOCAL));

it("trusts the local clock while it is within the header's precision", () => {
  learnServerTime(new Date(LOCAL + 1_500).toUTCString(), LOCAL);
  expect(serverNow(LOCAL)).toBe(LOCAL);
});

it("follows the server when the local clock is wrong", () => {
  learnServerTime(new Date(LOCAL + 90_000).toUTCString(), LOCAL);
  expect(serverNow(LOCAL)).toBe(LOCAL + 90_000);
});

it("ignores a missing or unreadable header", () => {
  learnServerTime(null, LOCAL);
  learnServerTime("yesterday", LOCAL);
  expect(serverNow(LOCAL)).toBe(LOCAL);
});
