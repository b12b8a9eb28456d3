/** Open the handoff by its link: the token becomes this browser's session, for as long as the link lives. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { openHandoff } from "@/client";

export function useOpenHandoff() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (token: string) => openHandoff({ body: { token }, throwOnError: true }),
    onSuccess: () => queries.resetQueries(),
  });
}
