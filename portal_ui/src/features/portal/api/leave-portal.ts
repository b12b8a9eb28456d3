/** Sign out: the session ends, and nothing that was read in it stays. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { leavePortal } from "@/client";
import { publicKeys } from "@/lib/public-query";

export function useLeavePortal() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => leavePortal({ throwOnError: true }),
    onSuccess: () => {
      queries.setQueryData(publicKeys.portal, null);
      queries.removeQueries({ queryKey: publicKeys.forms });
    },
  });
}
