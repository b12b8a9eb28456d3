/** How server state is kept: query keys in one place, retries only where they can help. */
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { asProblem } from "./problem";

export const keys = {
  session: ["session"] as const,
  accounts: ["accounts"] as const,
  accountList: ["accounts", "list"] as const,
  account: (accountId: string) => ["accounts", "one", accountId] as const,
  actionList: ["actions", "list"] as const,
  actionCounts: ["actions", "counts"] as const,
  actionsOf: (accountId: string) => ["actions", "one", accountId] as const,
  action: (accountId: string, key: string) => ["actions", "one", accountId, key] as const,
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

/** A refusal will be repeated word for word; only silence and overload may pass. */
function worthRepeating(error: unknown): boolean {
  const { status } = asProblem(error);
  return status === 0 || status === 502 || status === 503 || status === 504;
}
