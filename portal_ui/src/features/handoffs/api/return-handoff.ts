/** Ask the account executive something before taking over; the same words twice are one question. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { returnHandoff } from "@/client";
import { DecisionIds } from "@/lib/decision-ids";
import { keys } from "@/lib/query";

const ids = new DecisionIds();

export interface Question {
  text: string;
  /** When what it is about was submitted. */
  about: string | null;
}

export function useReturnHandoff(accountId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ text, about }: Question) =>
      returnHandoff({
        path: { account_id: accountId },
        body: { decision_id: ids.for(accountId, about, text), text },
        throwOnError: true,
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.accounts }),
  });
}
