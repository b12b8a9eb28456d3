/** What every decision on an action shares: one id, one request, the outcome noted, what it touched read again. */
import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { Pending, Receipt } from "@/client";
import { asProblem } from "@/lib/problem";
import { keys } from "@/lib/query";
import { type Decision, DecisionBook, type DecisionKind, type DecisionPhase } from "../model/decisions";
import type { ActionId, Shown } from "../model/identity";

/** The decisions of this tab. */
export const book = new DecisionBook();

type Answer = Promise<{ data: Receipt | Pending; response: Response }>;

/** A function that takes the decision and says how it went; it never throws. */
export function useDecision<Input extends { action: Shown }>(
  kind: DecisionKind,
  ask: (input: Input, decisionId: string) => Answer,
): (input: Input) => Promise<DecisionPhase> {
  const queries = useQueryClient();
  const { mutateAsync } = useMutation({
    mutationFn: (input: Input) => ask(input, book.idFor(kind, input.action, said(input))),
  });
  return async (input) => {
    const shown = input.action;
    if (book.about(shown)?.phase === "asking") return "asking";
    book.record(shown, kind, "asking");
    try {
      const { response } = await mutateAsync(input);
      book.record(shown, kind, response.status === 202 ? "waiting" : "accepted");
    } catch (error) {
      book.record(shown, kind, "refused", asProblem(error));
    }
    readAgain(queries, shown);
    return book.about(shown)?.phase ?? "accepted";
  };
}

/** The decision that matters for the action as shown. */
export function useDecisionAbout(shown: Shown): Decision | undefined {
  return useSyncExternalStore(book.subscribe, () => book.about(shown));
}

/** Actions approved in this tab. */
export function useApprovedHere(): ReadonlyMap<string, ActionId> {
  return useSyncExternalStore(book.subscribe, () => book.approved);
}

/** What makes another decision of the same kind on the same showing: other words, another answer. */
function said(input: { action: Shown }): string {
  return JSON.stringify({ ...input, action: undefined });
}

/** Path parameters of an action's operations. */
export function pathOf({ account_id, key }: ActionId): { account_id: string; key: string } {
  return { account_id, key };
}

function readAgain(queries: QueryClient, { account_id, key }: ActionId): void {
  for (const queryKey of [
    keys.action(account_id, key),
    keys.actionList,
    keys.actionCounts,
    keys.account(account_id),
    keys.accountList,
  ]) {
    void queries.invalidateQueries({ queryKey });
  }
}
