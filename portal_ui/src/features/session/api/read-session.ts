/** Who is logged in: null when nobody is. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { type Me, readSession } from "@/client";
import { asProblem } from "@/lib/problem";
import { keys } from "@/lib/query";

export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return (await readSession({ signal, throwOnError: true })).data;
    } catch (error) {
      if (asProblem(error).status === 401) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

export function useSession() {
  return useQuery(sessionQuery);
}

/** The member who is logged in, for screens behind the log-in. */
export function useMe(): Me {
  const { data } = useQuery(sessionQuery);
  if (!data) throw new Error("This screen is only shown to a logged-in member.");
  return data;
}
