/** The decision: what will happen, and the one button that makes it happen. */
import type { ReactNode } from "react";
import type { ActionDetail, Draft } from "@/client";
import { Button } from "@/components/ui/button";
import { SendIcon } from "@/components/ui/icons";
import { useMe } from "@/features/session/api/read-session";
import { useDecisionAbout } from "../api/decide";
import { checksOf } from "../model/checks";
import { isSent } from "../model/states";
import { ActionState } from "./action-state";
import { RecallButton } from "./recall-button";
import type { Review } from "./use-review";

interface ReviewBarProps {
  action: ActionDetail;
  draft: Draft;
  review: Review;
}

export function ReviewBar(props: ReviewBarProps) {
  const { action, draft } = props;
  if (action.status === "READY") {
    return props.review.mode === "edit" ? <EditBar {...props} /> : <ApproveBar {...props} />;
  }
  if (action.status === "APPROVED" || action.status === "EXECUTING") {
    return (
      <Bar words={<ActionState action={action} />}>
        <RecallButton action={action} />
      </Bar>
    );
  }
  if (!isSent(action)) return null;
  const by = action.decided_by ? `, approved by ${action.decided_by}` : "";
  return <Bar words={`Sent to ${draft.to.join(", ")}${by}`} />;
}

function ApproveBar({ action, draft, review }: ReviewBarProps) {
  const { organization } = useMe();
  const decision = useDecisionAbout(action);
  const asking = decision?.phase === "asking" || decision?.phase === "accepted";
  const obstacle = obstacleTo(draft, review.typing.unsaved);
  const words = decision?.phase === "waiting" ? "Waits for a worker" : leaves(organization.recall_seconds);
  return (
    <Bar words={obstacle ?? words} blocked={obstacle !== undefined}>
      <Button onClick={review.edit} hotkey="E" disabled={review.busy}>
        Edit
      </Button>
      <Button
        weight="primary"
        hotkey="A"
        onClick={review.approve}
        aria-disabled={!review.ready}
        aria-describedby="review-words"
      >
        <SendIcon size={16} strokeWidth={1.75} aria-hidden="true" />
        {asking ? "Approving" : "Approve and send"}
      </Button>
    </Bar>
  );
}

function EditBar({ action, review }: ReviewBarProps) {
  const { typing } = review;
  const decision = useDecisionAbout(action);
  const saving = decision?.kind === "edit" && decision.phase !== "refused";
  const words = typing.behind
    ? "Choose whose words to go on with"
    : typing.unsaved
      ? "Not saved yet, kept in this browser"
      : "No unsaved edits";
  return (
    <Bar words={words}>
      {typing.unsaved && (
        <Button weight="quiet" onClick={typing.discard} disabled={saving}>
          Discard
        </Button>
      )}
      <Button weight="primary" onClick={review.save} disabled={saving || typing.behind} hotkey="⌃↵">
        {saving ? "Saving" : typing.unsaved ? "Save and preview" : "Back to preview"}
      </Button>
    </Bar>
  );
}

function leaves(recallSeconds: number): string {
  return recallSeconds > 0 ? `Sends ${recallSeconds} s after you approve` : "Sends at once";
}

function obstacleTo(draft: Draft, unsaved: boolean): string | undefined {
  if (unsaved) return "Save or discard your edits first: you approve what the preview shows";
  return checksOf(draft).find((check) => !check.passed)?.text;
}

/** At the foot of what is reviewed: how it stands, and what can be done. */
export function Bar({
  words,
  blocked,
  children,
}: {
  words: ReactNode;
  blocked?: boolean;
  children?: ReactNode;
}) {
  return (
    <footer className="flex min-h-14 flex-wrap items-center justify-end gap-x-3 gap-y-2 border-t border-line px-4 py-2.5 @2xl:px-6">
      <div
        id="review-words"
        className={`me-auto min-w-0 flex-1 basis-48 text-small wrap-anywhere tabular ${blocked ? "text-madder-text" : "text-muted"}`}
      >
        {words}
      </div>
      <div className="flex gap-2 max-sm:w-full max-sm:*:flex-1">{children}</div>
    </footer>
  );
}
