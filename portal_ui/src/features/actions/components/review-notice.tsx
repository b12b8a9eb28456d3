/** What stands in the way of an action, in words, with the way on: refused, not sent, or nobody knows. */
import type { ActionDetail } from "@/client";
import { Button } from "@/components/ui/button";
import { RetryIcon } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import { book, useDecisionAbout } from "../api/decide";
import { useResolveAction } from "../api/resolve-action";
import { useRetryAction } from "../api/retry-action";
import type { Decision, DecisionKind } from "../model/decisions";

export function ReviewNotice({ action }: { action: ActionDetail }) {
  const decision = useDecisionAbout(action);
  return (
    <>
      {decision?.phase === "refused" && !isConflict(decision) && (
        <Refusal action={action} decision={decision} />
      )}
      {decision?.phase === "waiting" && (
        <Notice tone="woad" role="status" title="Your decision is kept">
          No worker is answering right now. It takes effect as soon as one is back; you can leave this page.
        </Notice>
      )}
      {action.status === "UNCERTAIN" && <WasItSent action={action} busy={isBusy(decision)} />}
      {action.status === "FAILED" && <NotSent action={action} busy={isBusy(decision)} />}
    </>
  );
}

const REFUSED: Record<DecisionKind, string> = {
  approve: "Not approved",
  edit: "Not saved",
  recall: "Not recalled",
  retry: "Not tried again",
  resolve: "Your answer was not taken",
  accept: "The answers were not accepted",
  return: "The answers were not returned",
};

function Refusal({ action, decision }: { action: ActionDetail; decision: Decision }) {
  const unknown = decision.problem?.status === 0;
  return (
    <Notice
      tone="madder"
      role="alert"
      title={unknown ? "No answer from the server" : REFUSED[decision.kind]}
      actions={<Button onClick={() => book.dismiss(action)}>Dismiss</Button>}
    >
      {unknown
        ? "We do not know whether your decision arrived. Doing it again is safe: it counts once."
        : decision.problem?.message}
    </Notice>
  );
}

function WasItSent({ action, busy }: { action: ActionDetail; busy: boolean }) {
  const resolve = useResolveAction();
  const to = action.draft?.to[0] ?? "the recipient";
  return (
    <Notice
      tone="weld"
      title="Was it sent?"
      actions={
        <>
          <Button disabled={busy} onClick={() => resolve({ action, sent: true })}>
            Yes, it was sent
          </Button>
          <Button disabled={busy} onClick={() => resolve({ action, sent: false })}>
            No, it was not sent
          </Button>
        </>
      }
    >
      <p>{action.reason || "The mail server stopped answering while it took the message."}</p>
      <p className="mt-1">
        Thread can't know whether it left, and will not send it twice. Look in the sent mail, or ask {to}.
      </p>
    </Notice>
  );
}

function NotSent({ action, busy }: { action: ActionDetail; busy: boolean }) {
  const retry = useRetryAction();
  return (
    <Notice
      tone="madder"
      title={action.draft ? "Not sent" : "Not drafted"}
      actions={
        <Button disabled={busy} onClick={() => retry({ action })}>
          <RetryIcon size={16} strokeWidth={1.75} aria-hidden="true" />
          {busy ? "Trying again" : "Retry"}
        </Button>
      }
    >
      {action.reason || "No reason was given."}
    </Notice>
  );
}

/** The editor itself shows both versions of a draft that changed under its words. */
function isConflict({ kind, problem }: Decision): boolean {
  return kind === "edit" && problem?.reason === "stale_draft";
}

function isBusy(decision: Decision | undefined): boolean {
  return decision !== undefined && decision.phase !== "refused";
}
