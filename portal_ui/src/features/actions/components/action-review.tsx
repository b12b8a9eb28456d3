/** Reviewing one action: its draft, why it is here, and the decision. The inbox and the account page share it. */
import { FailedRead } from "@/components/thread/failed-read";
import { Waiting } from "@/components/thread/waiting";
import { useAction } from "../api/read-action";
import type { ActionId } from "../model/identity";
import { hasResponse } from "../model/states";
import { DraftReview } from "./draft-review";
import { ResponseReview } from "./response-review";
import { ReviewAside } from "./review-aside";
import { ReviewHeader } from "./review-header";
import { ReviewNotice } from "./review-notice";
import { Undrafted } from "./undrafted";

interface ActionReviewProps {
  id: ActionId;
  /** After an approval was taken, or answers were decided on. */
  onApproved: () => void;
  /** Where a phone goes back to. */
  back?: string;
  onClose?: () => void;
}

export function ActionReview({ id, onApproved, back, onClose }: ActionReviewProps) {
  const { data: action, error, isPending, refetch } = useAction(id);
  if (isPending) return <Waiting lines={5} className="p-6" />;
  if (!action) {
    return <FailedRead what="this draft" error={error} onRetry={() => refetch()} className="m-6" />;
  }
  return (
    <article className="@container flex h-full flex-col bg-surface" aria-label={action.label}>
      <ReviewHeader action={action} {...(back ? { back } : {})} {...(onClose ? { onClose } : {})} />
      {action.draft && hasResponse(action) ? (
        <ResponseReview
          action={action}
          draft={action.draft}
          onDecided={onApproved}
          notice={<ReviewNotice action={action} />}
          aside={<ReviewAside action={action} />}
        />
      ) : action.draft ? (
        <DraftReview
          action={action}
          draft={action.draft}
          onApproved={onApproved}
          notice={<ReviewNotice action={action} />}
          aside={<ReviewAside action={action} />}
        />
      ) : (
        <Undrafted action={action} />
      )}
    </article>
  );
}
