/** The e-mail exactly as it will be sent: envelope, rendered page in a frame that can run nothing, plain text. */
import { useEffect, useRef, useState } from "react";
import type { ActionDetail, Draft } from "@/client";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { Notice } from "@/components/ui/notice";
import { FormOutline } from "@/features/forms/components/form-outline";
import { plural } from "@/lib/format";
import { previewAddress } from "../api/preview-draft";
import { previewHeight } from "../model/preview-height";
import { Envelope } from "./envelope";

interface DraftPreviewProps {
  action: ActionDetail;
  draft: Draft;
  unsaved: boolean;
  onEdit: () => void;
  onDiscard: () => void;
}

type Part = "html" | "text";

export function DraftPreview({ action, draft, unsaved, onEdit, onDiscard }: DraftPreviewProps) {
  const [part, setPart] = useState<Part>("html");
  return (
    <div className="flex flex-1 flex-col gap-4">
      {unsaved && (
        <Notice
          tone="weld"
          title="You have unsaved edits"
          actions={
            <>
              <Button onClick={onEdit}>Go on editing</Button>
              <Button weight="quiet" onClick={onDiscard}>
                Discard them
              </Button>
            </>
          }
        >
          Below is the last saved text. Your edits are kept in this browser.
        </Notice>
      )}
      <Envelope draft={draft} />
      <div role="group" aria-label="Part of the e-mail" className="-mb-2 flex gap-1 text-small">
        <PartButton part="html" current={part} onChoose={setPart} words="As it looks" />
        <PartButton part="text" current={part} onChoose={setPart} words="Plain text" />
      </div>
      {part === "html" ? (
        <Frame
          key={draft.id}
          src={previewAddress(action, draft.id)}
          title={`E-mail: ${draft.subject}`}
          height={previewHeight(draft.text)}
        />
      ) : (
        <pre
          tabIndex={0}
          aria-label="Plain text part"
          className="min-h-72 flex-1 rounded-control bg-canvas p-6 font-mono text-small whitespace-pre-wrap ring-1 ring-line ring-inset"
        >
          {draft.text}
        </pre>
      )}
      {draft.form && (
        <section aria-label="Questions">
          <h3 className="mt-4 mb-2 font-semibold">
            The form it leads to, {plural(draft.form.fields.length, "question")}
          </h3>
          <FormOutline form={draft.form} />
        </section>
      )}
    </div>
  );
}

interface PartButtonProps {
  part: Part;
  current: Part;
  onChoose: (part: Part) => void;
  words: string;
}

function PartButton({ part, current, onChoose, words }: PartButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={part === current}
      onClick={() => onChoose(part)}
      className={classes(
        "h-7 rounded-chip px-2 coarse:h-11",
        part === current ? "bg-sunken font-medium text-ink" : "text-muted hover:text-ink",
      )}
    >
      {words}
    </button>
  );
}

/** Keys pressed in a frame never reach the page: when the pointer leaves, so does the focus. */
function Frame({ src, title, height }: { src: string; title: string; height: number }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [loaded, setLoaded] = useState(false);
  useEffect(() => {
    const element = frame.current;
    const release = () => document.activeElement === element && element?.blur();
    element?.addEventListener("pointerleave", release);
    return () => element?.removeEventListener("pointerleave", release);
  }, []);
  return (
    <div className="flex min-h-96 flex-1 overflow-hidden rounded-control bg-paper ring-1 ring-line">
      <iframe
        ref={frame}
        sandbox=""
        src={src}
        title={title}
        style={{ minHeight: height }}
        onLoad={() => setLoaded(true)}
        className={classes("w-full flex-1 bg-paper scheme-light", !loaded && "invisible")}
      />
    </div>
  );
}
