/** Send a form's answers: the same answers sent twice count once. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { submitForm } from "@/client";
import type { Answers } from "@/features/forms/model/fields";
import { DecisionIds } from "@/lib/decision-ids";
import { publicKeys } from "@/lib/public-query";

const ids = new DecisionIds();

export function useSubmitForm(actionKey: string, state: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (values: Answers) =>
      submitForm({
        path: { action_key: actionKey },
        // In another state of the form, the same answers are another submission.
        body: { decision_id: ids.for(actionKey, state, values), values },
        throwOnError: true,
      }),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: publicKeys.portal });
      void queries.invalidateQueries({ queryKey: publicKeys.form(actionKey) });
    },
  });
}
