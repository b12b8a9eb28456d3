/** A person answers what no machine can know: was it sent? */
import { resolveAction } from "@/client";
import type { Shown } from "../model/identity";
import { pathOf, useDecision } from "./decide";

export function useResolveAction() {
  return useDecision<{ action: Shown; sent: boolean }>("resolve", ({ action, sent }, decision_id) =>
    resolveAction({ path: pathOf(action), body: { decision_id, sent }, throwOnError: true }),
  );
}
