/** Call an approval back while its recall window is open. */
import { recallAction } from "@/client";
import type { Shown } from "../model/identity";
import { pathOf, useDecision } from "./decide";

export function useRecallAction() {
  return useDecision<{ action: Shown }>("recall", ({ action }, decision_id) =>
    recallAction({
      path: pathOf(action),
      body: { decision_id, revision: action.draft_revision },
      throwOnError: true,
    }),
  );
}
