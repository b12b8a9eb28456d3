/** Words being typed over a draft: are they unsaved, and has somebody else changed the draft meanwhile? */
import type { Draft } from "@/client";
import type { KeptText } from "./kept-text";

type Source = Pick<Draft, "source_subject" | "body" | "revision">;

export interface Typing {
  /** What the fields show. */
  words: KeptText;
  /** Something would be lost without saving. */
  unsaved: boolean;
  /** The words were typed over a revision that is not the latest. */
  behind: boolean;
}

export function typingOver(draft: Source, typed: KeptText | undefined): Typing {
  const saved = { subject: draft.source_subject, body: draft.body, revision: draft.revision };
  if (!typed || sameWords(typed, draft)) return { words: saved, unsaved: false, behind: false };
  return { words: typed, unsaved: true, behind: typed.revision !== draft.revision };
}

/** The server trims subjects; that is not somebody else's change. */
export function sameWords(typed: Pick<KeptText, "subject" | "body">, draft: Source): boolean {
  return typed.subject.trim() === draft.source_subject.trim() && typed.body === draft.body;
}
