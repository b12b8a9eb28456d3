/** Ends the session, here and in the browser's other tabs. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { logOut } from "@/client";
import { keys } from "@/lib/query";
import { tellSessionEnded } from "../model/ending";

export function useLogOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => logOut({ throwOnError: true }),
    onSuccess: () => {
      queries.setQueryData(keys.session, null);
      tellSessionEnded();
    },
  });
}
