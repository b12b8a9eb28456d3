/** Where a handoff stands, in words: who has the ball, and what happens next. */
import type { HandoffDetail, HandoffStatus } from "@/client";
import type { KnotKind } from "@/components/thread/knot";
import { momentWithin } from "@/lib/format";

export interface Standing {
  title: string;
  words: string;
  knot: KnotKind;
}

type Handoff = Pick<
  HandoffDetail,
  "status" | "reason" | "submitted_by" | "submitted_at" | "csm" | "due_at" | "ae"
>;

export function standingOf(handoff: Handoff, now: number): Standing {
  const { ae, csm, due_at, reason } = handoff;
  const sales = ae.name || "Sales";
  const reminder = due_at
    ? `The next reminder goes out ${momentWithin(due_at, now)}.`
    : "Every reminder has gone out.";
  switch (handoff.status) {
    case "PREPARING":
      return {
        title: "The answers are being drafted",
        words: `${sales} gets the link as soon as they are.`,
        knot: "working",
      };
    case "OPEN":
      return ae.email
        ? { title: `With ${sales}`, words: `The link went to ${ae.email}. ${reminder}`, knot: "customer" }
        : {
            title: "Nobody in sales was asked",
            words: "The deal has no owner in the CRM. Start without a handoff, or ask somebody yourself.",
            knot: "question",
          };
    case "SUBMITTED":
      return {
        title: csm ? `${csm.name} is asked to take over` : "Somebody is asked to take over",
        words: `${handoff.submitted_by || sales} handed over${at(handoff.submitted_at, now)}. Read the answers, then take over or ask back. Taking over starts the first milestone.`,
        knot: "us",
      };
    case "RETURNED":
      return { title: `Returned to ${sales}`, words: `Asked: “${reason}” ${reminder}`, knot: "customer" };
    case "ACCEPTED":
      return {
        title: csm ? `Taken over by ${csm.name}` : "Taken over",
        words: handoff.submitted_at
          ? `${handoff.submitted_by || sales} handed over${at(handoff.submitted_at, now)}.`
          : "Started without an answer from sales.",
        knot: "done",
      };
  }
}

/** What an account that is not handed over yet waits for; short enough for a row of a table. */
export function waitsFor(status: HandoffStatus | null | undefined): string {
  switch (status) {
    case "SUBMITTED":
      return "To be taken over";
    case "RETURNED":
      return "Sales has a question to answer";
    case "PREPARING":
      return "Handoff is being drafted";
    case "OPEN":
      return "Sales has to hand over";
    default:
      return "Waits for the handoff";
  }
}

function at(time: string | null, now: number): string {
  return time ? ` ${momentWithin(time, now)}` : "";
}
