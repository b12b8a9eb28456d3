/** Approve exactly the draft on the screen: its revision and content hash go with the decision. */
import { approveAction, type Draft } from "@/client";
import type { Shown } from "../model/identity";
import { pathOf, useDecision } from "./decide";

export function useApproveAction() {
  return useDecision<{ action: Shown; draft: Draft }>("approve", ({ action, draft }, decision_id) =>
    approveAction({
      path: pathOf(action),
      body: { decision_id, revision: draft.revision, content_hash: draft.content_hash },
      throwOnError: true,
    }),
  );
}
