/** What the customer has answered, to be accepted or returned with a reason. */
import { type ReactNode, useState } from "react";
import type { ActionDetail, Draft, ResponseDetail } from "@/client";
import { AskBack } from "@/components/thread/ask-back";
import { FailedRead } from "@/components/thread/failed-read";
import { Waiting } from "@/components/thread/waiting";
import { Button } from "@/components/ui/button";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import { announce } from "@/lib/announce";
import { useAcceptResponse } from "../api/accept-response";
import { useDecisionAbout } from "../api/decide";
import { useResponse } from "../api/read-response";
import { useReturnResponse } from "../api/return-response";
import { hasAnswers } from "../model/states";
import { DraftPreview } from "./draft-preview";
import { ResponseAnswers } from "./response-answers";
import { Bar } from "./review-bar";

interface ResponseReviewProps {
  action: ActionDetail;
  draft: Draft;
  onDecided: () => void;
  notice: ReactNode;
  aside: ReactNode;
}

const TABS = [
  { value: "answers" as const, label: "Answers" },
  { value: "sent" as const, label: "What was sent" },
];

export function ResponseReview({ action, draft, onDecided, notice, aside }: ResponseReviewProps) {
  const [tab, setTab] = useState<"answers" | "sent">("answers");
  const { data: response, error, isPending, refetch } = useResponse(action);
  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto @2xl:flex @2xl:overflow-hidden">
        <div className="flex flex-col gap-4 px-4 py-3 @2xl:min-w-0 @2xl:flex-1 @2xl:overflow-y-auto @2xl:px-6">
          {notice}
          <Tabs
            value={tab}
            onChange={setTab}
            label="Answers"
            tabs={TABS}
            className="flex flex-1 flex-col gap-4"
          >
            <TabPanel value="answers">
              {isPending && <Waiting lines={5} />}
              {error && !response && (
                <FailedRead what="the answers" error={error} onRetry={() => refetch()} />
              )}
              {response && <ResponseAnswers action={action} response={response} />}
            </TabPanel>
            <TabPanel value="sent" className="flex flex-1 flex-col">
              <DraftPreview
                action={action}
                draft={draft}
                unsaved={false}
                onEdit={() => {}}
                onDiscard={() => {}}
              />
            </TabPanel>
          </Tabs>
        </div>
        {aside}
      </div>
      {response?.submission && hasAnswers(action) && (
        <ResponseBar action={action} submission={response.submission} onDecided={onDecided} />
      )}
    </>
  );
}

interface ResponseBarProps {
  action: ActionDetail;
  submission: NonNullable<ResponseDetail["submission"]>;
  onDecided: () => void;
}

function ResponseBar({ action, submission, onDecided }: ResponseBarProps) {
  const accept = useAcceptResponse();
  const back = useReturnResponse();
  const decision = useDecisionAbout(action);
  const [returning, setReturning] = useState(false);
  const busy = decision !== undefined && decision.phase !== "refused";
  const about = { action, submission_id: submission.id };

  const take = async () => {
    if ((await accept(about)) !== "accepted") return;
    announce(`Answers of ${action.company_name} accepted`);
    onDecided();
  };
  const giveBack = async (text: string) => {
    if ((await back({ ...about, text })) === "refused") return;
    announce(`Returned to ${action.company_name}`);
    setReturning(false);
  };

  if (returning) {
    return (
      <footer className="border-t border-line px-4 py-4 @2xl:px-6">
        <AskBack
          label={`What should ${submission.submitted_by || action.company_name} look at again? They read this.`}
          button={busy ? "Returning" : "Return with this reason"}
          busy={busy}
          onSend={giveBack}
          onCancel={() => setReturning(false)}
        />
      </footer>
    );
  }
  const words = decision?.phase === "waiting" ? "Waits for a worker" : "Accepting completes this action";
  return (
    <Bar words={words}>
      <Button disabled={busy} onClick={() => setReturning(true)}>
        Return
      </Button>
      <Button weight="primary" disabled={busy} onClick={take}>
        {busy && decision?.kind === "accept" ? "Accepting" : "Accept answers"}
      </Button>
    </Bar>
  );
}
