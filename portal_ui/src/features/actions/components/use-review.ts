/** What a person can do with a draft that waits: look, edit, save, approve, and what stands in the way. */
import { useEffect, useState } from "react";
import type { ActionDetail, Draft } from "@/client";
import { announce } from "@/lib/announce";
import { useHotkeys } from "@/lib/use-hotkeys";
import { useApproveAction } from "../api/approve-action";
import { book, useDecisionAbout } from "../api/decide";
import { useEditDraft } from "../api/edit-draft";
import { mayApprove } from "../model/checks";
import { type TypingControls, useTyping } from "./use-typing";

export type Mode = "preview" | "edit";

export interface Review {
  mode: Mode;
  editable: boolean;
  typing: TypingControls;
  /** A decision is on its way, or the screen has not caught up with it. */
  busy: boolean;
  /** Nothing stands in the way of approving what the preview shows. */
  ready: boolean;
  look: () => void;
  edit: () => void;
  save: () => Promise<void>;
  approve: () => Promise<void>;
}

export function useReview(action: ActionDetail, draft: Draft, onApproved: () => void): Review {
  const editable = action.status === "READY";
  const [chosen, setMode] = useState<Mode>("preview");
  const mode = editable ? chosen : "preview";
  const typing = useTyping(action, draft);
  const decision = useDecisionAbout(action);
  const busy = decision !== undefined && decision.phase !== "refused";
  const settled = useSettled();
  const ready = settled && editable && mode === "preview" && !busy && !typing.unsaved && mayApprove(draft);
  const approveAction = useApproveAction();
  const editDraft = useEditDraft();

  const look = () => setMode("preview");
  const edit = () => {
    if (editable) setMode("edit");
  };
  const save = async () => {
    if (busy || typing.behind) return;
    if (typing.unsaved && (await editDraft({ action, words: typing.words })) === "refused") return;
    look();
  };
  const approve = async () => {
    if (!ready || (await approveAction({ action, draft })) !== "accepted") return;
    announce(`Approved. Sending to ${draft.to.join(", ")}`);
    onApproved();
  };
  useReviewKeys({ mode, look, edit, save, approve });
  return { mode, editable, typing, busy, ready, look, edit, save, approve };
}

function useReviewKeys({
  mode,
  look,
  edit,
  save,
  approve,
}: Pick<Review, "mode" | "look" | "edit" | "save" | "approve">) {
  const editing = mode === "edit";
  useHotkeys({
    a: approve,
    e: edit,
    escape: editing ? look : undefined,
    "escape in field": () => (document.activeElement as HTMLElement | null)?.blur(),
    "mod+s": editing ? save : undefined,
    "mod+enter": editing ? save : undefined,
  });
}

/** False for a moment on a draft that came up because the one before was approved. */
function useSettled(): boolean {
  const [pause] = useState(() => book.pause);
  const [settled, settle] = useState(pause === 0);
  useEffect(() => {
    const timer = setTimeout(() => settle(true), pause);
    return () => clearTimeout(timer);
  }, [pause]);
  return settled;
}
