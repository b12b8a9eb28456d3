/** Hand the account over to the CSM chosen. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { submitHandoff } from "@/client";
import { DecisionIds } from "@/lib/decision-ids";
import { publicKeys } from "@/lib/public-query";

const ids = new DecisionIds();

export interface HandOver {
  csm_id: string;
  /** What it answers: a return makes another submission of it. */
  round: string;
}

export function useSubmitHandoff() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ csm_id, round }: HandOver) =>
      submitHandoff({ body: { decision_id: ids.for(csm_id, round), csm_id }, throwOnError: true }),
    onSettled: () => queries.invalidateQueries({ queryKey: publicKeys.myHandoff }),
  });
}
