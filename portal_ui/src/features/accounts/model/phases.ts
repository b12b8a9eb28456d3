/** An account's milestones as phases of its line: what has most need of a person speaks first. */
import type { ActionStatus, MilestoneDetail } from "@/client";
import type { Phase } from "@/components/thread/phase-line";
import { day } from "@/lib/format";

type Milestone = Pick<MilestoneDetail, "key" | "name" | "status" | "started_at" | "completed_at"> & {
  actions: { status: ActionStatus }[];
};

export function phasesOf(milestones: Milestone[], now: number): Phase[] {
  return milestones.map((milestone) => ({
    key: milestone.key,
    name: milestone.name,
    ...drawn(milestone, now),
  }));
}

function drawn(milestone: Milestone, now: number): Pick<Phase, "word" | "knot" | "line"> {
  switch (milestone.status) {
    case "COMPLETED": {
      const word = milestone.completed_at ? `Done ${day(milestone.completed_at, now)}` : "Done";
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
  if (count("READY") > 0) return { word: `${count("READY")} to review`, knot: "us" };
  return { word: "Now", knot: "active" };
}
