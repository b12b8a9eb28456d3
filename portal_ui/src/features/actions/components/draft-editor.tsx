/** The draft's words as they are written, variables and all. */
import { useEffect, useId, useRef } from "react";
import type { ActionDetail, Draft } from "@/client";
import { classes } from "@/components/ui/classes";
import { CONTROL, Field } from "@/components/ui/field";
import { useDecisionAbout } from "../api/decide";
import { DraftConflict } from "./draft-conflict";
import type { TypingControls } from "./use-typing";

interface DraftEditorProps {
  action: ActionDetail;
  draft: Draft;
  typing: TypingControls;
  busy: boolean;
}

export function DraftEditor({ action, draft, typing, busy }: DraftEditorProps) {
  const id = useId();
  const body = useRef<HTMLTextAreaElement>(null);
  // Whoever opens the editor wants to type.
  useEffect(() => body.current?.focus(), []);
  const problem = useDecisionAbout(action)?.problem;
  return (
    <div className="flex flex-col gap-4">
      {typing.behind && <DraftConflict draft={draft} typing={typing} action={action} />}
      <dl className="flex gap-4 text-small">
        <dt className="text-muted">To</dt>
        <dd className="wrap-anywhere">{[...draft.to, ...draft.cc].join(", ")}</dd>
      </dl>
      <Field
        label="Subject"
        value={typing.words.subject}
        readOnly={busy}
        maxLength={300}
        error={problem?.field("subject")}
        onChange={(event) => typing.type({ subject: event.target.value })}
      />
      <div>
        <label htmlFor={id} className="mb-1 block text-small font-medium">
          Body
        </label>
        <textarea
          ref={body}
          id={id}
          value={typing.words.body}
          readOnly={busy}
          maxLength={50_000}
          aria-describedby={`${id}-hint`}
          aria-invalid={problem?.field("body") ? true : undefined}
          onChange={(event) => typing.type({ body: event.target.value })}
          className={classes(
            CONTROL,
            "block field-sizing-content min-h-80 resize-none py-3 text-reading coarse:text-touch",
          )}
        />
        <p id={`${id}-hint`} className="mt-1 text-small text-muted">
          {problem?.field("body") ?? (
            <>
              **bold**, _italic_, [words](https://address), lists with - or 1. Variables such as{" "}
              {"{{contact_first_name}}"} become their value.
            </>
          )}
        </p>
      </div>
    </div>
  );
}
