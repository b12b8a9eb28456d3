/** Ask the customer to answer again, and say why. */
import { returnResponse } from "@/client";
import type { Shown } from "../model/identity";
import { pathOf, useDecision } from "./decide";

export function useReturnResponse() {
  return useDecision<{ action: Shown; submission_id: string; text: string }>(
    "return",
    ({ action, submission_id, text }, decision_id) =>
      returnResponse({
        path: pathOf(action),
        body: { decision_id, submission_id, text },
        throwOnError: true,
      }),
  );
}
