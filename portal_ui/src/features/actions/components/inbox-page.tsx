/** The review inbox: the list on the left, the chosen draft beside it; one of the two on a phone. */
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import type { ActionSummary } from "@/client";
import { FailedRead } from "@/components/thread/failed-read";
import { Nothing } from "@/components/thread/nothing";
import { Waiting } from "@/components/thread/waiting";
import { classes } from "@/components/ui/classes";
import { announce } from "@/lib/announce";
import { useHotkeys } from "@/lib/use-hotkeys";
import { useNow } from "@/lib/use-now";
import { useTitle } from "@/lib/use-title";
import { book } from "../api/decide";
import { actionQuery } from "../api/read-action";
import { useRecallAction } from "../api/recall-action";
import { idOf } from "../model/identity";
import { groupInbox, neighbour, nextToReview } from "../model/inbox";
import { ActionReview } from "./action-review";
import { InboxHeader } from "./inbox-header";
import { InboxList } from "./inbox-list";
import { useInboxRows } from "./use-inbox-rows";

/** How many drafts are read ahead, so that J and A show the next one at once. */
const READ_AHEAD = 3;

export function InboxPage() {
  const { accountId, actionKey } = useParams({ strict: false });
  const { mine = false } = useSearch({ from: "/inbox" });
  const selected = accountId && actionKey ? `${accountId}/${actionKey}` : undefined;
  const inbox = useInboxRows(mine);
  useTitle(inbox.waiting ? `Inbox (${inbox.waiting})` : "Inbox");
  const now = useNow(30_000);
  const rows = groupInbox(inbox.actions, now).flatMap((group) => group.actions);
  const goTo = useGoTo();
  useReadAhead(rows, selected);

  const step = (by: 1 | -1) => {
    const next = neighbour(rows, selected, by);
    if (next) goTo(next);
  };
  const recall = useRecallAction();
  const recallLast = () => {
    const last = [...book.approved.keys()].toReversed();
    const action = last
      .map((id) => rows.find((row) => idOf(row) === id))
      .find((row) => row?.status === "APPROVED");
    if (action) void recall({ action });
  };
  useHotkeys({ j: () => step(1), k: () => step(-1), z: recallLast });

  // On a wide screen an empty right side helps nobody: open the first draft.
  const first = rows[0];
  useEffect(() => {
    if (!selected && first && window.matchMedia("(min-width: 48rem)").matches) goTo(first);
  });

  return (
    <div className="flex h-full">
      <div
        className={classes(
          "flex w-full flex-col border-e border-line md:w-76 md:shrink-0 xl:w-84",
          selected && "max-md:hidden",
        )}
      >
        <InboxHeader mine={mine} count={inbox.waiting} />
        <div className="min-h-0 flex-1 overflow-y-auto">
          {inbox.isPending && <Waiting lines={6} row="h-20" className="px-4" />}
          {inbox.error && !inbox.isPending && rows.length === 0 && (
            <FailedRead what="the inbox" error={inbox.error} onRetry={inbox.readAgain} className="m-4" />
          )}
          {inbox.isEmpty && (
            <div className="md:hidden">
              <NothingToReview mine={mine} />
            </div>
          )}
          <InboxList actions={inbox.actions} selected={selected} now={now} />
          {inbox.more}
        </div>
      </div>
      <div className={classes("min-w-0 flex-1", !selected && "max-md:hidden")}>
        <h1 className="sr-only md:hidden">Inbox</h1>
        {accountId && actionKey ? (
          <ActionReview
            key={selected}
            id={{ account_id: accountId, key: actionKey }}
            onApproved={() => {
              const next = selected ? nextToReview(rows, selected) : undefined;
              if (next) goTo(next);
            }}
            back="/inbox"
          />
        ) : (
          inbox.isEmpty && <NothingToReview mine={mine} />
        )}
      </div>
    </div>
  );
}

function NothingToReview({ mine }: { mine: boolean }) {
  return (
    <Nothing title="Nothing to review">
      {mine ? (
        <>
          None of your accounts has a draft waiting.{" "}
          <Link to="/inbox" className="text-indigo-text underline">
            Show everyone's
          </Link>
        </>
      ) : (
        <>
          The next draft appears here by itself when it is due.{" "}
          <Link to="/accounts" className="text-indigo-text underline">
            See the accounts
          </Link>
        </>
      )}
    </Nothing>
  );
}

function useGoTo() {
  const navigate = useNavigate();
  return (action: ActionSummary) => {
    announce(`${action.company_name}: ${action.subject || action.label}`);
    void navigate({
      to: "/inbox/$accountId/$actionKey",
      params: { accountId: action.account_id, actionKey: action.key },
      search: true,
      replace: true,
    });
  };
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
