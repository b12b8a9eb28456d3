/** Take over, ask back, or start without sales: the decision about a handoff, once there is one to take. */
import { useState } from "react";
import type { HandoffDetail } from "@/client";
import { AskBack } from "@/components/thread/ask-back";
import { DecisionOutcome } from "@/components/thread/decision-outcome";
import { Button } from "@/components/ui/button";
import { announce } from "@/lib/announce";
import { useAcceptHandoff } from "../api/accept-handoff";
import { useReturnHandoff } from "../api/return-handoff";

interface HandoffDecisionProps {
  accountId: string;
  handoff: HandoffDetail;
}

export function HandoffDecision({ accountId, handoff }: HandoffDecisionProps) {
  const { status, submitted_at, ae } = handoff;
  const accept = useAcceptHandoff(accountId);
  const back = useReturnHandoff(accountId);
  const [asking, setAsking] = useState(false);
  if (status === "PREPARING" || status === "ACCEPTED") return null;

  const takeOver = () => accept.mutate(handoff, { onSuccess: () => announce("Taken over") });
  // Taken, until what is shown has caught up.
  const taken = accept.isSuccess || back.isSuccess;
  const busy = accept.isPending || back.isPending || taken;
  const kept = [accept.data, back.data].some((answer) => answer?.response.status === 202);
  const submitted = status === "SUBMITTED";
  const sales = ae.name.split(" ")[0] || "sales";

  return (
    <>
      {asking && !taken ? (
        <AskBack
          label={`What do you want to ask ${sales}?`}
          button={back.isPending ? "Asking" : "Ask back"}
          busy={busy}
          onSend={(text) => back.mutate({ text, about: submitted_at })}
          onCancel={() => setAsking(false)}
        />
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <Button weight={submitted ? "primary" : "secondary"} disabled={busy} onClick={takeOver}>
            {words(submitted, accept.isPending)}
          </Button>
          {submitted && (
            <Button disabled={busy} onClick={() => setAsking(true)}>
              Ask back
            </Button>
          )}
          {!submitted && (
            <p className="text-small text-muted">Starts the first milestone with the answers below.</p>
          )}
        </div>
      )}
      <DecisionOutcome
        error={accept.error ?? back.error}
        waiting={kept}
        refused={back.error ? "Not asked" : "Not taken over"}
      />
    </>
  );
}

function words(submitted: boolean, asking: boolean): string {
  if (submitted) return asking ? "Taking over" : "Take over";
  return asking ? "Starting" : "Start without it";
}
