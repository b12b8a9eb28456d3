/** A milestone as a phase of its account's line: what has most need of a person speaks first. */
import type { ActionStatus, MilestoneDetail, ResponseStatus } from "@/client";
import type { Phase } from "@/components/thread/phase-line";
import { hasAnswers } from "@/features/actions/model/states";
import { shortDay } from "@/lib/format";

type Milestone = Pick<MilestoneDetail, "key" | "name" | "status" | "started_at" | "completed_at"> & {
  actions: { status: ActionStatus; response: ResponseStatus }[];
};

export function phaseOf(milestone: Milestone): Phase {
  return { key: milestone.key, name: milestone.name, ...drawn(milestone) };
}

function drawn(milestone: Milestone): Pick<Phase, "word" | "knot" | "line"> {
  switch (milestone.status) {
    case "COMPLETED": {
      const word = milestone.completed_at ? `Done ${shortDay(milestone.completed_at)}` : "Done";
      return { word, knot: "done", line: "done" };
    }
    case "SKIPPED":
      return { word: "Skipped", knot: "skipped", line: "done" };
    case "IN_PROGRESS":
      return { ...current(milestone), line: "active" };
    case "NOT_STARTED":
      return { word: "To come", knot: "upcoming", line: "upcoming" };
  }
}

function current(milestone: Milestone): Pick<Phase, "word" | "knot"> {
  const count = (status: ActionStatus) => milestone.actions.filter((each) => each.status === status).length;
  if (count("FAILED") > 0) return { word: "Not sent", knot: "failed" };
  if (count("UNCERTAIN") > 0) return { word: "Was it sent?", knot: "question" };
  if (milestone.actions.some(hasAnswers)) return { word: "Answers to check", knot: "us" };
  if (count("READY") > 0) return { word: `${count("READY")} to review`, knot: "us" };
  if (count("EXECUTED") > 0) return { word: "With the customer", knot: "customer" };
  return { word: "Now", knot: "active" };
}
