/** May this draft be approved? Each check says what it looked at; one that fails blocks. */
import type { Draft } from "@/client";

export interface Check {
  passed: boolean;
  text: string;
  /** What to do about it. */
  advice?: string;
}

export function checksOf(draft: Pick<Draft, "to" | "subject" | "text" | "unresolved">): Check[] {
  return [recipient(draft.to), written(draft), variables(draft.unresolved)];
}

export function mayApprove(draft: Draft | null | undefined): boolean {
  return draft != null && checksOf(draft).every((check) => check.passed);
}

function recipient(to: string[]): Check {
  if (to.length > 0)
    return { passed: true, text: to.length === 1 ? "Has a recipient" : `Has ${to.length} recipients` };
  return {
    passed: false,
    text: "Has no recipient",
    advice: "Add the contact's e-mail address to the account.",
  };
}

function written({ subject, text }: Pick<Draft, "subject" | "text">): Check {
  if (subject.trim() && text.trim()) return { passed: true, text: "Subject and body are written" };
  return { passed: false, text: subject.trim() ? "The body is empty" : "The subject is empty" };
}

function variables(unresolved: string[]): Check {
  if (unresolved.length === 0) return { passed: true, text: "Every variable has a value" };
  const names = unresolved.map((name) => `{{${name}}}`).join(", ");
  return {
    passed: false,
    text: `No value for ${names}`,
    advice: "Write the words yourself, or fill in the account and draft again.",
  };
}
