/** Accounts, newest change first, a page at a time. */
import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { type AccountStatus, listAccounts } from "@/client";
import { keys } from "@/lib/query";

export interface AccountFilter {
  status?: AccountStatus;
  mine?: boolean;
}

const PAGE = 50;

export function accountsQuery(filter: AccountFilter) {
  return infiniteQueryOptions({
    queryKey: [...keys.accountList, filter],
    queryFn: async ({ signal, pageParam }) =>
      (
        await listAccounts({
          query: { ...filter, limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) },
          signal,
          throwOnError: true,
        })
      ).data,
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor,
  });
}

export function useAccounts(filter: AccountFilter) {
  return useInfiniteQuery({ ...accountsQuery(filter), placeholderData: (previous) => previous });
}
