/** An action's state in shape and words, counting down while an approval can still be called back. */
import type { ActionStatus, ActionType } from "@/client";
import { StateLabel } from "@/components/thread/state-label";
import { clockTime } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { isSent, lookOf, secondsLeft } from "../model/states";

interface ActionStateProps {
  action: { status: ActionStatus; type: ActionType; send_at: string | null; updated_at: string | null };
  /** Word only. */
  bare?: boolean;
  className?: string;
}

export function ActionState({ action, bare = false, className = "" }: ActionStateProps) {
  if (action.status === "APPROVED" && action.send_at) {
    return <SendingIn sendAt={action.send_at} bare={bare} className={className} />;
  }
  const look = lookOf(action);
  const sentAt = isSent(action) && action.updated_at ? ` ${clockTime(action.updated_at)}` : "";
  return <StateLabel {...look} word={look.word + sentAt} bare={bare} className={className} />;
}

function SendingIn({ sendAt, bare, className }: { sendAt: string; bare: boolean; className: string }) {
  const left = secondsLeft(sendAt, useNow(250));
  const word = left > 0 ? `Sending in ${left} s` : "Sending";
  return <StateLabel knot="working" tone="indigo" word={word} bare={bare} className={className} />;
}
