/** An action's state in shape and words, counting down while an approval can still be called back. */
import type { ActionSummary } from "@/client";
import { StateLabel } from "@/components/thread/state-label";
import { clockTime, since } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { isSent, lookOf, secondsLeft } from "../model/states";

interface ActionStateProps {
  action: Pick<ActionSummary, "status" | "type" | "send_at" | "updated_at" | "response" | "company_name">;
  /** Whom the customer's part is with; the company unless somebody is known by name. */
  customer?: string | undefined;
  /** Word only. */
  bare?: boolean;
  className?: string;
}

export function ActionState({ action, customer, bare = false, className = "" }: ActionStateProps) {
  if (action.status === "APPROVED" && action.send_at) {
    return <SendingIn sendAt={action.send_at} bare={bare} className={className} />;
  }
  const look = lookOf(action);
  const word = wordOf(action, look.word, customer ?? action.company_name);
  return <StateLabel {...look} word={word} bare={bare} className={className} />;
}

function wordOf(action: ActionStateProps["action"], word: string, customer: string): string {
  const { status, response, updated_at } = action;
  if (status === "EXECUTED" && (response === "awaiting" || response === "returned")) {
    const who = response === "awaiting" ? `With ${customer}` : `Returned to ${customer}`;
    return updated_at ? `${who} since ${since(updated_at)}` : who;
  }
  return isSent(action) && updated_at ? `${word} ${clockTime(updated_at)}` : word;
}

function SendingIn({ sendAt, bare, className }: { sendAt: string; bare: boolean; className: string }) {
  const left = secondsLeft(sendAt, useNow(250));
  const word = left > 0 ? `Sending in ${left} s` : "Sending";
  return <StateLabel knot="working" tone="indigo" word={word} bare={bare} className={className} />;
}
