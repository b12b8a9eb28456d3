/** Moving through the inbox: to a row, to the next one, on after an approval; and recalling the last approval. */
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import type { ActionSummary } from "@/client";
import { announce } from "@/lib/announce";
import { useHotkeys } from "@/lib/use-hotkeys";
import { book } from "../api/decide";
import { actionQuery } from "../api/read-action";
import { useRecallAction } from "../api/recall-action";
import { idOf } from "../model/identity";
import { neighbour, nextToReview } from "../model/inbox";

/** How many drafts are read ahead, so that J and A show the next one at once. */
const READ_AHEAD = 3;

/** Takes the rows in the order shown; answers with the way on after an approval. */
export function useInboxMoves(rows: ActionSummary[], selected: string | undefined): () => void {
  const navigate = useNavigate();
  const recall = useRecallAction();
  const goTo = (action: ActionSummary | undefined) => {
    if (!action) return;
    announce(`${action.company_name}: ${action.subject || action.label}`);
    void navigate({
      to: "/inbox/$accountId/$actionKey",
      params: { accountId: action.account_id, actionKey: action.key },
      search: true,
      replace: true,
    });
  };
  useHotkeys({
    j: () => goTo(neighbour(rows, selected, 1)),
    k: () => goTo(neighbour(rows, selected, -1)),
    z: () => {
      const action = lastApproved(rows);
      if (action) void recall({ action });
    },
  });
  // On a wide screen an empty right side helps nobody: open the first draft.
  const first = rows[0];
  useEffect(() => {
    if (!selected && first && window.matchMedia("(min-width: 48rem)").matches) goTo(first);
  });
  useReadAhead(rows, selected);
  return () => selected && goTo(nextToReview(rows, selected));
}

/** The latest approval of this tab that can still be called back. */
function lastApproved(rows: ActionSummary[]): ActionSummary | undefined {
  return [...book.approved.keys()]
    .toReversed()
    .map((id) => rows.find((row) => idOf(row) === id))
    .find((row) => row?.status === "APPROVED");
}

function useReadAhead(rows: ActionSummary[], selected: string | undefined) {
  const queries = useQueryClient();
  const at = rows.findIndex((action) => idOf(action) === selected);
  const ahead = rows.slice(at + 1, at + 1 + READ_AHEAD);
  const names = ahead.map(idOf).join(",");
  useEffect(() => {
    for (const action of ahead) void queries.prefetchQuery(actionQuery(action));
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `names` says when `ahead` is another
  }, [names, queries]);
}
