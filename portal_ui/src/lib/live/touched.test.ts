import { expect, it } from "vitest";
import type { LiveEvent } from "@/client";
import { keys } from "../query";
import { touchedBy, touchedByAll } from "./touched";

const event = (entity: string, account_id: string | null = "a1"): LiveEvent => ({
  id: 1,
  kind: "changed",
  entity,
  entity_id: "x",
  account_id,
  revision: 1,
  at: "2026-11-22T12:00:00Z",
});

it("reads an action's lists, its account and the account lists again", () => {
  expect(touchedBy(event("action"))).toEqual([
    keys.accountList,
    keys.actionList,
    keys.actionCounts,
    keys.account("a1"),
    keys.actionsOf("a1"),
  ]);
});

it("leaves accounts alone when a webhook needs attention", () => {
  expect(touchedBy(event("webhook_event", null))).toEqual([keys.attention]);
});

it("reads everything again for an event it does not know", () => {
  expect(touchedBy(event("comet"))).toEqual([[]]);
});

it("names each query once for a burst of events", () => {
  expect(touchedByAll([event("action"), event("draft"), event("account")])).toHaveLength(5);
});
