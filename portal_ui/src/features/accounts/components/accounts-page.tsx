/** All accounts, newest change first: where each stands and what it needs next. */
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { AccountStatus } from "@/client";
import { FailedRead } from "@/components/thread/failed-read";
import { Nothing } from "@/components/thread/nothing";
import { PageHeader } from "@/components/thread/page-header";
import { Waiting } from "@/components/thread/waiting";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { useNow } from "@/lib/use-now";
import { useTitle } from "@/lib/use-title";
import { type AccountFilter, useAccounts } from "../api/list-accounts";
import { accountQuery } from "../api/read-account";
import { ACCOUNT_STATUS, ACCOUNT_STATUSES } from "../model/status";
import { AccountTable } from "./account-table";

export function AccountsPage() {
  useTitle("Accounts");
  const filter = useSearch({ from: "/accounts" });
  const accounts = useAccounts(filter);
  const queries = useQueryClient();
  const now = useNow(30_000);
  const items = accounts.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="flex min-h-full flex-col">
      <PageHeader title="Accounts">
        <Filters filter={filter} />
      </PageHeader>
      <div className="flex-1 px-4 pb-10 md:px-8">
        {accounts.isPending && <Waiting lines={8} />}
        {accounts.error && !accounts.data && (
          <FailedRead what="the accounts" error={accounts.error} onRetry={() => accounts.refetch()} />
        )}
        {accounts.isSuccess && items.length === 0 && <NoAccounts filter={filter} />}
        {items.length > 0 && (
          <AccountTable
            accounts={items}
            now={now}
            onIntent={(accountId) => void queries.prefetchQuery(accountQuery(accountId))}
          />
        )}
        {accounts.hasNextPage && (
          <div className="flex justify-center pt-5">
            <Button onClick={() => accounts.fetchNextPage()} disabled={accounts.isFetchingNextPage}>
              {accounts.isFetchingNextPage ? "Loading more" : "Load more"}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

function Filters({ filter }: { filter: AccountFilter }) {
  const navigate = useNavigate({ from: "/accounts" });
  const set = (change: { status?: AccountStatus | undefined; mine?: boolean | undefined }) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true });
  return (
    <>
      <Select
        label="Status"
        value={filter.status ?? ""}
        onChange={(event) => set({ status: (event.target.value || undefined) as AccountStatus | undefined })}
      >
        <option value="">Any status</option>
        {ACCOUNT_STATUSES.map((status) => (
          <option key={status} value={status}>
            {ACCOUNT_STATUS[status].word}
          </option>
        ))}
      </Select>
      <Select
        label="Whose accounts"
        value={filter.mine ? "mine" : "all"}
        onChange={(event) => set({ mine: event.target.value === "mine" || undefined })}
      >
        <option value="all">Everyone's</option>
        <option value="mine">Mine</option>
      </Select>
    </>
  );
}

function NoAccounts({ filter }: { filter: AccountFilter }) {
  if (filter.status || filter.mine) {
    return (
      <Nothing title="No account matches">
        <Link to="/accounts" className="text-indigo-text underline">
          Show all accounts
        </Link>
      </Nothing>
    );
  }
  return (
    <Nothing title="No account yet">
      When a deal closes in your CRM, its account appears here by itself, with its first draft.
    </Nothing>
  );
}
