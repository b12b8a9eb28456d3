/** Server state of the customer's and the AE's pages: two of them, and what is worth asking again. */
import { QueryClient } from "@tanstack/react-query";
import { asProblem } from "./problem";
import { worthRepeating } from "./query-retry";

export const publicKeys = {
  portal: ["portal"] as const,
  forms: ["forms"] as const,
  form: (actionKey: string) => ["forms", actionKey] as const,
  myHandoff: ["my-handoff"] as const,
};

export function makePublicQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 2_000, retry: (count, error) => count < 2 && worthRepeating(error) },
    },
  });
}

/** What a session may read, or null where there is no session. */
export async function orNobody<Data>(reading: Promise<{ data: Data }>): Promise<Data | null> {
  try {
    return (await reading).data;
  } catch (error) {
    if (asProblem(error).status === 401) return null;
    throw error;
  }
}
