/** A draft between its two views, preview and edit, with the decision beneath. */
import type { ReactNode } from "react";
import type { ActionDetail, Draft } from "@/client";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import { DraftEditor } from "./draft-editor";
import { DraftPreview } from "./draft-preview";
import { ReviewBar } from "./review-bar";
import { useReview } from "./use-review";

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
  const review = useReview(action, draft, onApproved);
  const { mode, editable, typing, busy } = review;
  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto @2xl:flex @2xl:overflow-hidden">
        <div className="flex flex-col gap-4 px-4 py-3 @2xl:min-w-0 @2xl:flex-1 @2xl:overflow-y-auto @2xl:px-6">
          {notice}
          <Tabs
            value={mode}
            onChange={(next) => (next === "edit" ? review.edit() : review.look())}
            label="Draft"
            tabs={editable ? [PREVIEW, EDIT] : []}
            className="flex flex-1 flex-col gap-4"
          >
            <TabPanel value="preview" className="flex flex-1 flex-col">
              <DraftPreview
                action={action}
                draft={draft}
                unsaved={typing.unsaved && !busy}
                onEdit={review.edit}
                onDiscard={typing.discard}
              />
            </TabPanel>
            <TabPanel value="edit">
              <DraftEditor action={action} draft={draft} typing={typing} busy={busy} />
            </TabPanel>
          </Tabs>
        </div>
        {aside}
      </div>
      <ReviewBar action={action} draft={draft} review={review} />
    </>
  );
}
