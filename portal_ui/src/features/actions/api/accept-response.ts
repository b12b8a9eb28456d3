/** Take the customer's answers, exactly those on the screen: the action is done. */
import { acceptResponse } from "@/client";
import type { Shown } from "../model/identity";
import { pathOf, useDecision } from "./decide";

export function useAcceptResponse() {
  return useDecision<{ action: Shown; submission_id: string }>(
    "accept",
    ({ action, submission_id }, decision_id) =>
      acceptResponse({ path: pathOf(action), body: { decision_id, submission_id }, throwOnError: true }),
  );
}
