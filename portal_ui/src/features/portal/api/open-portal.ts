/** Redeem a log-in link: its token becomes this browser's session. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { openPortal } from "@/client";

export function useOpenPortal() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (token: string) => openPortal({ body: { token }, throwOnError: true }),
    // Whoever was signed in before is not any more.
    onSuccess: () => queries.resetQueries(),
  });
}
