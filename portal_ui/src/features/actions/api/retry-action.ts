/** Send again what is known not to have been sent. */
import { retryAction } from "@/client";
import type { Shown } from "../model/identity";
import { pathOf, useDecision } from "./decide";

export function useRetryAction() {
  return useDecision<{ action: Shown }>("retry", ({ action }, decision_id) =>
    retryAction({ path: pathOf(action), body: { decision_id }, throwOnError: true }),
  );
}
