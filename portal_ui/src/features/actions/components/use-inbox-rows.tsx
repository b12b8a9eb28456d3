/** The inbox's rows: what the server lists, and what was approved here until the page is left. */
import { type ReactNode, useEffect } from "react";
import type { ActionSummary } from "@/client";
import { Button } from "@/components/ui/button";
import { book, useApprovedHere } from "../api/decide";
import { useInbox } from "../api/list-actions";
import { useActions } from "../api/read-action";
import { idOf } from "../model/identity";
import { Places } from "../model/places";
import { isInboxRow, waitsForUs } from "../model/states";

const places = new Places();

interface InboxRows {
  actions: ActionSummary[];
  /** How many wait for a person; undefined until known. */
  waiting: number | undefined;
  isPending: boolean;
  isEmpty: boolean;
  error: Error | null;
  readAgain: () => void;
  /** The way to the rest of the list, or nothing. */
  more: ReactNode;
}

export function useInboxRows(mine: boolean): InboxRows {
  const inbox = useInbox(mine);
  const approved = useApprovedHere();
  const decided = useActions([...approved.values()]);
  useEffect(() => () => book.forgetApproved(), []);

  const listed = inbox.data?.pages.flatMap((page) => page.items).filter(isInboxRow) ?? [];
  const actions = newestOfEach([...listed, ...decided]).map((action) => ({
    ...action,
    due_at: places.of(action),
  }));
  return {
    actions,
    waiting: inbox.data && actions.filter(waitsForUs).length,
    isPending: inbox.isPending,
    isEmpty: inbox.isSuccess && actions.length === 0,
    error: inbox.error,
    readAgain: () => void inbox.refetch(),
    more: inbox.hasNextPage && (
      <div className="p-4">
        <Button onClick={() => inbox.fetchNextPage()} disabled={inbox.isFetchingNextPage} className="w-full">
          {inbox.isFetchingNextPage ? "Loading more" : "Load more"}
        </Button>
      </div>
    ),
  };
}

/** The list and the single reads are answered at different moments. */
function newestOfEach(actions: ActionSummary[]): ActionSummary[] {
  const newest = new Map<string, ActionSummary>();
  for (const action of actions) {
    const other = newest.get(idOf(action));
    if (!other || (other.updated_at ?? "") < (action.updated_at ?? "")) newest.set(idOf(action), action);
  }
  return [...newest.values()];
}
