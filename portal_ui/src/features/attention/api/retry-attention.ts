/** Fetch the deal from its source again, after someone has put it right there. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { retryAttention } from "@/client";
import { keys } from "@/lib/query";

export function useRetryAttention() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => retryAttention({ path: { id }, throwOnError: true }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.attention }),
  });
}
