/** Ends the session and forgets everything this tab has read. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { logOut } from "@/client";
import { keys } from "@/lib/query";

export function useLogOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => logOut({ throwOnError: true }),
    onSuccess: () => {
      queries.clear();
      queries.setQueryData(keys.session, null);
    },
  });
}
