/** Save a CSM's words as the draft's next revision; `revision` is the one they were typed over. */
import { editDraft } from "@/client";
import type { Shown } from "../model/identity";
import { pathOf, useDecision } from "./decide";

export interface Words {
  subject: string;
  body: string;
  revision: number;
}

export function useEditDraft() {
  return useDecision<{ action: Shown; words: Words }>("edit", ({ action, words }, decision_id) =>
    editDraft({ path: pathOf(action), body: { decision_id, ...words }, throwOnError: true }),
  );
}
