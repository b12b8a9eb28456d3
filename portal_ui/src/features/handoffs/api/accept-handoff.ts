/** Take an account over: its first milestone starts. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { acceptHandoff, type HandoffDetail } from "@/client";
import { DecisionIds } from "@/lib/decision-ids";
import { keys } from "@/lib/query";

const ids = new DecisionIds();

/** What was on the screen: a refusal then says nothing about what comes after. */
type Shown = Pick<HandoffDetail, "status" | "submitted_at">;

export function useAcceptHandoff(accountId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ status, submitted_at }: Shown) =>
      acceptHandoff({
        path: { account_id: accountId },
        body: { decision_id: ids.for(accountId, status, submitted_at) },
        throwOnError: true,
      }),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: keys.accounts });
      void queries.invalidateQueries({ queryKey: keys.actionList });
    },
  });
}
