/** Calls an approval back while that is still possible. */
import type { ActionSummary } from "@/client";
import { Button } from "@/components/ui/button";
import { UndoIcon } from "@/components/ui/icons";
import { announce } from "@/lib/announce";
import { useNow } from "@/lib/use-now";
import { useDecisionAbout } from "../api/decide";
import { useRecallAction } from "../api/recall-action";
import { secondsLeft } from "../model/states";

export function RecallButton({ action, className }: { action: ActionSummary; className?: string }) {
  const recall = useRecallAction();
  const asking = useDecisionAbout(action)?.phase === "asking";
  const open = secondsLeft(action.send_at, useNow(250)) > 0;
  if (!open) return null;
  const ask = async () => {
    if ((await recall({ action })) === "accepted") announce(`Recalled. ${action.company_name} gets nothing.`);
  };
  return (
    <Button onClick={ask} disabled={asking} {...(className ? { className } : {})}>
      <UndoIcon size={14} strokeWidth={1.75} aria-hidden="true" />
      Recall
    </Button>
  );
}
