/** What a form page begins with, and which of its states it is in. */
import type { FormPage } from "@/client";
import type { Answers } from "@/features/forms/model/fields";

/** What was typed last; after a return without new typing, what was sent. */
export function draftFrom(page: Pick<FormPage, "values" | "submission">): Answers {
  const typed = Object.keys(page.values).length > 0;
  return typed ? page.values : (page.submission?.values ?? {});
}

/** What was sent from this page a moment ago. */
export interface SentHere {
  values: Answers;
  at: string;
  /** The note the form carried then. */
  note: string;
}

/** The server's word for a form's state lags a moment behind its sending; another note is news. */
export function isStillSent(sent: SentHere | undefined, page: Pick<FormPage, "status" | "note">): boolean {
  if (!sent) return false;
  return page.status === "open" || (page.status === "returned" && page.note === sent.note);
}
