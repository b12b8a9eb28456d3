/** How server state is kept: query keys in one place, retries only where they can help. */
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { asProblem } from "./problem";
import { worthRepeating } from "./query-retry";

export const keys = {
  session: ["session"] as const,
  accounts: ["accounts"] as const,
  accountList: ["accounts", "list"] as const,
  account: (accountId: string) => ["accounts", "one", accountId] as const,
  actionList: ["actions", "list"] as const,
  actionCounts: ["actions", "counts"] as const,
  actionsOf: (accountId: string) => ["actions", "one", accountId] as const,
  action: (accountId: string, key: string) => ["actions", "one", accountId, key] as const,
  handoff: (accountId: string) => ["accounts", "one", accountId, "handoff"] as const,
  response: (accountId: string, key: string) => ["actions", "one", accountId, key, "response"] as const,
  attention: ["attention"] as const,
};

/** A client whose queries end the session when the server says it has ended. */
export function makeQueryClient(): QueryClient {
  const endSessionOn401 = (error: unknown) => {
    if (asProblem(error).status === 401) client.setQueryData(keys.session, null);
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: endSessionOn401 }),
    mutationCache: new MutationCache({ onError: endSessionOn401 }),
    defaultOptions: {
      queries: { staleTime: 30_000, retry: (count, error) => count < 2 && worthRepeating(error) },
    },
  });
  return client;
}
