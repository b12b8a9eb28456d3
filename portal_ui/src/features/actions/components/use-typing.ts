/** The editor's words as state, kept in this browser until the server has them. */
import { useEffect, useState } from "react";
import type { ActionDetail, Draft } from "@/client";
import { discardKept, keep, type KeptText, readKept } from "../model/kept-text";
import { type Typing, typingOver } from "../model/typing";

export interface TypingControls extends Typing {
  type: (change: Partial<Pick<KeptText, "subject" | "body">>) => void;
  discard: () => void;
  /** Go on with these words over the latest revision. */
  rebase: () => void;
}

export function useTyping(action: ActionDetail, draft: Draft): TypingControls {
  const { account_id, key } = action;
  const [typed, setTyped] = useState(() => readKept(action));
  const typing = typingOver(draft, typed);
  const put = (next: KeptText) => {
    setTyped(next);
    keep(action, next);
  };
  useEffect(() => {
    if (!typing.unsaved) discardKept({ account_id, key });
  }, [typing.unsaved, account_id, key]);
  return {
    ...typing,
    type: (change) => put({ ...typing.words, ...change }),
    discard: () => setTyped(undefined),
    rebase: () => put({ ...typing.words, revision: draft.revision }),
  };
}
