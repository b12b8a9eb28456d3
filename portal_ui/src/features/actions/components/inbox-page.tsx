/** The review inbox: the list on the left, the chosen draft beside it; one of the two on a phone. */
import { useParams, useSearch } from "@tanstack/react-router";
import { FailedRead } from "@/components/thread/failed-read";
import { Waiting } from "@/components/thread/waiting";
import { classes } from "@/components/ui/classes";
import { useNow } from "@/lib/use-now";
import { useTitle } from "@/lib/use-title";
import { groupInbox } from "../model/inbox";
import { ActionReview } from "./action-review";
import { InboxHeader } from "./inbox-header";
import { InboxList } from "./inbox-list";
import { NothingToReview } from "./nothing-to-review";
import { useInboxMoves } from "./use-inbox-moves";
import { useInboxRows } from "./use-inbox-rows";

export function InboxPage() {
  const { accountId, actionKey } = useParams({ strict: false });
  const { mine = false } = useSearch({ from: "/inbox" });
  const selected = accountId && actionKey ? `${accountId}/${actionKey}` : undefined;
  const inbox = useInboxRows(mine);
  const now = useNow(30_000);
  const rows = groupInbox(inbox.actions, now).flatMap((group) => group.actions);
  const goOn = useInboxMoves(rows, selected);
  useTitle(inbox.waiting ? `Inbox (${inbox.waiting})` : "Inbox");

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
          {inbox.error && rows.length === 0 && (
            <FailedRead what="the inbox" error={inbox.error} onRetry={inbox.readAgain} className="m-4" />
          )}
          {inbox.isEmpty && <NothingToReview mine={mine} className="md:hidden" />}
          <InboxList actions={inbox.actions} selected={selected} now={now} />
          {inbox.more}
        </div>
      </div>
      <div className={classes("min-w-0 flex-1", !selected && "max-md:hidden")}>
        <h1 className="sr-only md:hidden">Inbox</h1>
        {accountId && actionKey && (
          <ActionReview
            key={selected}
            id={{ account_id: accountId, key: actionKey }}
            onApproved={goOn}
            back="/inbox"
          />
        )}
        {!selected && inbox.isEmpty && <NothingToReview mine={mine} />}
      </div>
    </div>
  );
}
