/** The phases of an onboarding in its customer's words: who is at it, and when. */
import type { PortalMilestone } from "@/client";
import type { KnotKind } from "@/components/thread/knot";
import type { LineStyle } from "@/components/thread/stroke";
import { shortDay } from "@/lib/format";
import type { Task } from "./urgency";

export interface PhaseLook {
  knot: KnotKind;
  line: LineStyle;
  word: string;
  /** "9 Nov to 16 Nov", or what is planned. */
  dates: string;
}

export function phaseLook(milestone: PortalMilestone): PhaseLook {
  switch (milestone.status) {
    case "COMPLETED":
      return {
        knot: "done",
        line: "done",
        word: "Done",
        dates: span(milestone.starts_at, milestone.ends_at),
      };
    case "SKIPPED":
      return { knot: "skipped", line: "done", word: "Skipped, not needed", dates: "" };
    case "IN_PROGRESS": {
      const yours = milestone.tasks.some(({ status }) => status === "open" || status === "returned");
      const since = milestone.starts_at ? `Since ${shortDay(milestone.starts_at)}` : "";
      const until = milestone.ends_at ? `planned until ${shortDay(milestone.ends_at)}` : "";
      return {
        knot: yours ? "customer" : "us",
        line: "active",
        word: yours ? "Waiting for you" : "Now",
        dates: [since, until].filter(Boolean).join(", "),
      };
    }
    case "NOT_STARTED":
      return {
        knot: "upcoming",
        line: "upcoming",
        word: milestone.starts_at ? `From about ${shortDay(milestone.starts_at)}` : "To come",
        dates: "",
      };
  }
}

export interface TaskLook {
  knot: KnotKind;
  word: string;
}

export function taskLook(task: Task, csm: string | undefined): TaskLook {
  switch (task.status) {
    case "open":
      return { knot: "customer", word: "For you to do" };
    case "returned":
      return { knot: "question", word: `${csm ?? "Your contact"} has a question` };
    case "sent":
      return { knot: "us", word: `Sent. ${csm ?? "Your contact"} checks it` };
    case "done":
      return { knot: "done", word: "Done" };
  }
}

function span(from: string | null, to: string | null): string {
  if (!from || !to) return to ? shortDay(to) : "";
  const [start, end] = [shortDay(from), shortDay(to)];
  return start === end ? end : `${start} to ${end}`;
}
