/** One account with its milestones and their actions. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { readAccount } from "@/client";
import { keys } from "@/lib/query";

export function accountQuery(accountId: string) {
  return queryOptions({
    queryKey: keys.account(accountId),
    queryFn: async ({ signal }) =>
      (await readAccount({ path: { account_id: accountId }, signal, throwOnError: true })).data,
  });
}

export function useAccount(accountId: string) {
  return useQuery(accountQuery(accountId));
}
