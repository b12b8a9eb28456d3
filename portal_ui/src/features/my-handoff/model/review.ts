/** How far is the AE, and what still stands in the way of handing over? */
import type { HandoffAnswer, Question, RosterEntry } from "@/client";
import type { Obstacle } from "@/features/forms/components/error-summary";
import { isEmpty } from "@/features/forms/model/fields";

type Given = Pick<HandoffAnswer, "question" | "origin" | "value" | "pending">;

/** What the CSM's picker is called among the controls of the page. */
export const CSM = "csm";

export function reviewedOf(questions: Pick<Question, "key">[], answers: Given[]): number {
  const reviewed = new Set(answers.filter(({ origin }) => origin === "ae").map(({ question }) => question));
  return questions.filter(({ key }) => reviewed.has(key)).length;
}

/** Answers that are missing, being written or not saved, then the CSM. */
export function obstaclesTo(
  questions: Pick<Question, "key" | "label" | "required">[],
  answers: Given[],
  unsaved: string[],
  csmId: string | undefined,
): Obstacle[] {
  const obstacles = questions.flatMap(({ key, label, required }) => {
    const answer = answers.find(({ question }) => question === key);
    if (answer?.pending) return [{ key, label, message: "Is being drafted again" }];
    if (unsaved.includes(key)) return [{ key, label, message: "Could not be saved" }];
    return required && (!answer || isEmpty(answer.value)) ? [{ key, label, message: "Needs an answer" }] : [];
  });
  return csmId
    ? obstacles
    : [...obstacles, { key: CSM, label: "Who takes over?", message: "Choose somebody" }];
}

/** Whoever has least to do first. */
export function byLoad(roster: RosterEntry[]): RosterEntry[] {
  return roster.toSorted((a, b) => a.accounts - b.accounts || a.name.localeCompare(b.name));
}
