import { describe, expect, it } from "vitest";
import {
  ago,
  clockTime,
  day,
  daysBetween,
  moment,
  momentWithin,
  money,
  plural,
  readable,
  relative,
  since,
  timeIn,
} from "./format";

const at = (text: string) => new Date(text).toISOString();
const NOW = new Date("2026-11-22T12:00:00").getTime();

describe("times", () => {
  it("says only the clock today, and the day when it is another", () => {
    expect(clockTime(at("2026-11-22T14:03:20"))).toBe("14:03");
    expect(moment(at("2026-11-22T14:03:20"), NOW)).toBe("14:03");
    expect(moment(at("2026-11-21T23:59:00"), NOW)).toBe("Yesterday 23:59");
    expect(moment(at("2026-11-23T09:00:00"), NOW)).toBe("Tomorrow 09:00");
    expect(momentWithin(at("2026-11-23T09:00:00"), NOW)).toBe("tomorrow 09:00");
    expect(moment(at("2026-11-17T08:05:00"), NOW)).toBe("Tue 17 Nov 08:05");
  });

  it("says in little room since when something waits", () => {
    expect(since(at("2026-11-22T14:03:20"), NOW)).toBe("14:03");
    expect(since(at("2026-11-17T14:03:20"), NOW)).toBe("17 Nov");
  });

  it("adds the year when it is not this one, and takes a bare date as a local day", () => {
    expect(day("2026-12-02", NOW)).toBe("Wed 2 Dec");
    expect(day("2027-01-15", NOW)).toBe("15 Jan 2027");
  });

  it("counts calendar days, not 24-hour spans", () => {
    expect(
      daysBetween(new Date("2026-11-22T23:59:00").getTime(), new Date("2026-11-23T00:01:00").getTime()),
    ).toBe(1);
  });

  it.each([
    ["2026-11-22T11:59:30", "just now"],
    ["2026-11-22T12:00:30", "in a moment"],
    ["2026-11-22T11:56:00", "4 min ago"],
    ["2026-11-22T14:10:00", "in 2 h"],
    ["2026-12-01T12:00:00", "in 9 days"],
    ["2026-11-21T11:00:00", "1 day ago"],
  ])("relative %s is %s", (text, words) => {
    expect(relative(at(text), NOW)).toBe(words);
  });

  it("never puts what has happened in the future", () => {
    expect(ago(at("2026-11-22T12:00:20"), NOW)).toBe("just now");
    expect(ago(at("2026-11-22T11:56:00"), NOW)).toBe("4 min ago");
  });

  it("is silent about a time zone it does not know", () => {
    expect(timeIn("Europe/Berlin", Date.parse("2026-11-22T12:00:00Z"))).toBe("13:00");
    expect(timeIn("Mars/Olympus")).toBe("");
  });
});

describe("numbers", () => {
  it("reads minor units by the currency's own digits", () => {
    expect(money(8_400_000, "USD")).toBe("$84,000");
    expect(money(8_400_050, "EUR")).toBe("€84,000.50");
    expect(money(84_000, "JPY")).toBe("¥84,000");
  });

  it("says one draft and two drafts", () => {
    expect(plural(1, "draft")).toBe("1 draft");
    expect(plural(2, "reply", "replies")).toBe("2 replies");
  });
});

it.each([
  ["FOOD_PRODUCTION", "Food production"],
  ["HOSPITALITY", "Hospitality"],
  ["SaaS", "SaaS"],
  ["SMB", "SMB"],
  ["Real estate", "Real estate"],
])("reads %s as %s", (value, words) => {
  expect(readable(value)).toBe(words);
});
