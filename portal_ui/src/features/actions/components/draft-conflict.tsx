/** Somebody changed the draft while you were typing: nothing is lost, and you choose whose words go on. */
import type { ActionDetail, Draft } from "@/client";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { moment } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { book } from "../api/decide";
import type { TypingControls } from "./use-typing";

interface DraftConflictProps {
  action: ActionDetail;
  draft: Draft;
  typing: TypingControls;
}

export function DraftConflict({ action, draft, typing }: DraftConflictProps) {
  const who = draft.author ?? "Thread";
  const now = useNow(30_000);
  const choose = (choice: () => void) => () => {
    choice();
    book.dismiss(action);
  };
  return (
    <Notice
      tone="weld"
      role="alert"
      title={`${who} changed this draft (${moment(draft.created_at, now)})`}
      actions={
        <>
          <Button onClick={choose(typing.rebase)}>Keep my words</Button>
          <Button onClick={choose(typing.discard)}>Take {who}'s words</Button>
        </>
      }
    >
      <p>Your words are kept below. This is the draft as it is now:</p>
      <div className="mt-2 max-h-48 overflow-y-auto rounded-chip bg-surface px-3 py-2" tabIndex={0}>
        <p className="font-medium">{draft.source_subject}</p>
        <p className="mt-1 whitespace-pre-wrap">{draft.body}</p>
      </div>
    </Notice>
  );
}
