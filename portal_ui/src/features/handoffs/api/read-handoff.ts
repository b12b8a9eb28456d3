/** What sales hands over with an account, and how far that is. */
import { useQuery } from "@tanstack/react-query";
import { readHandoff } from "@/client";
import { keys } from "@/lib/query";

export function useHandoff(accountId: string) {
  return useQuery({
    queryKey: keys.handoff(accountId),
    queryFn: async ({ signal }) =>
      (await readHandoff({ path: { account_id: accountId }, signal, throwOnError: true })).data,
  });
}
