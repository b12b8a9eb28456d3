/** A draft between its two views, preview and edit, with the decision beneath. */
import { type ReactNode, useRef, useState } from "react";
import type { ActionDetail, Draft } from "@/client";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import { announce } from "@/lib/announce";
import { useHotkeys } from "@/lib/use-hotkeys";
import { useApproveAction } from "../api/approve-action";
import { useDecisionAbout } from "../api/decide";
import { useEditDraft } from "../api/edit-draft";
import { mayApprove } from "../model/checks";
import { DraftEditor } from "./draft-editor";
import { DraftPreview } from "./draft-preview";
import { ReviewBar } from "./review-bar";
import { useTyping } from "./use-typing";

type Mode = "preview" | "edit";

const PREVIEW = { value: "preview", label: "Preview" } as const;
const EDIT = { value: "edit", label: "Edit" } as const;

interface DraftReviewProps {
  action: ActionDetail;
  draft: Draft;
  onApproved: () => void;
  notice: ReactNode;
  aside: ReactNode;
}

export function DraftReview({ action, draft, onApproved, notice, aside }: DraftReviewProps) {
  const editable = action.status === "READY";
  const [chosen, setMode] = useState<Mode>("preview");
  const mode = editable ? chosen : "preview";
  const typing = useTyping(action, draft);
  const busy = useIsBusy(action);
  const editor = useRef<HTMLTextAreaElement>(null);
  const ask = { approve: useApproveAction(), edit: useEditDraft() };
  const ready = editable && mode === "preview" && !busy && !typing.unsaved && mayApprove(draft);

  const approve = async () => {
    if (!ready) return;
    if ((await ask.approve({ action, draft })) !== "accepted") return;
    announce(`Approved. Sending to ${draft.to.join(", ")}`);
    onApproved();
  };
  const save = async () => {
    if (busy || typing.behind) return;
    if (typing.unsaved && (await ask.edit({ action, words: typing.words })) === "refused") return;
    setMode("preview");
  };
  const edit = () => {
    if (!editable) return;
    setMode("edit");
    // The field exists after the next paint.
    requestAnimationFrame(() => editor.current?.focus());
  };
  useHotkeys({
    a: approve,
    e: edit,
    escape: mode === "edit" ? () => setMode("preview") : undefined,
    "escape in field": () => (document.activeElement as HTMLElement | null)?.blur(),
    "mod+s": mode === "edit" ? save : undefined,
    "mod+enter": mode === "edit" ? save : undefined,
  });

  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto @2xl:flex @2xl:overflow-hidden">
        <div className="flex flex-col gap-4 px-4 py-3 @2xl:min-w-0 @2xl:flex-1 @2xl:overflow-y-auto @2xl:px-6">
          {notice}
          <Tabs
            value={mode}
            onChange={(next) => (next === "edit" ? edit() : setMode("preview"))}
            label="Draft"
            tabs={editable ? [PREVIEW, EDIT] : []}
            className="flex flex-1 flex-col gap-4"
          >
            <TabPanel value="preview" className="flex flex-1 flex-col">
              <DraftPreview
                action={action}
                draft={draft}
                unsaved={typing.unsaved && !busy}
                onEdit={edit}
                onDiscard={typing.discard}
              />
            </TabPanel>
            <TabPanel value="edit">
              <DraftEditor ref={editor} action={action} draft={draft} typing={typing} busy={busy} />
            </TabPanel>
          </Tabs>
        </div>
        {aside}
      </div>
      <ReviewBar
        action={action}
        draft={draft}
        mode={mode}
        typing={typing}
        ready={ready}
        onApprove={approve}
        onEdit={edit}
        onSave={save}
      />
    </>
  );
}

function useIsBusy(action: ActionDetail): boolean {
  const decision = useDecisionAbout(action);
  return decision !== undefined && decision.phase !== "refused";
}
