/** An action that has no draft: when there will be one, or why there is none. */
import type { ActionDetail } from "@/client";
import { moment, relative } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { ReviewNotice } from "./review-notice";

export function Undrafted({ action }: { action: ActionDetail }) {
  const now = useNow(30_000);
  return (
    <div className="flex flex-col gap-4 p-4 @2xl:p-6">
      <ReviewNotice action={action} />
      <p className="max-w-prose text-reading text-pretty">
        {action.why}
        {action.status === "SCHEDULED" && action.due_at && (
          <>
            {" "}
            The draft is made {moment(action.due_at, now)}, {relative(action.due_at, now)}.
          </>
        )}
      </p>
    </div>
  );
}
