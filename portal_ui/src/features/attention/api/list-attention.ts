/** Closed deals that could not become accounts. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { listAttention } from "@/client";
import { keys } from "@/lib/query";

export const attentionQuery = queryOptions({
  queryKey: keys.attention,
  queryFn: async ({ signal }) => (await listAttention({ signal, throwOnError: true })).data,
});

export function useAttention() {
  return useQuery(attentionQuery);
}
