/** Whose action this is, what it is called, and how it stands. */
import { Link } from "@tanstack/react-router";
import type { ActionDetail } from "@/client";
import { BackIcon, CloseIcon } from "@/components/ui/icons";
import { ActionState } from "./action-state";

interface ReviewHeaderProps {
  action: ActionDetail;
  back?: string;
  onClose?: () => void;
}

const ICON_BUTTON =
  "-m-1.5 grid size-8 shrink-0 place-items-center rounded-control hover:bg-sunken coarse:size-11";

export function ReviewHeader({ action, back, onClose }: ReviewHeaderProps) {
  return (
    <header className="flex min-h-15 items-center gap-3 border-b border-line px-4 py-2.5 @2xl:px-6">
      {back && (
        <Link to={back} search={true} aria-label="Back to the list" className={`${ICON_BUTTON} md:hidden`}>
          <BackIcon size={18} strokeWidth={1.75} aria-hidden="true" />
        </Link>
      )}
      <div className="min-w-0 flex-1">
        <h2 className="truncate font-semibold">
          {onClose ? (
            action.label
          ) : (
            <Link
              to="/accounts/$accountId"
              params={{ accountId: action.account_id }}
              className="hover:underline"
            >
              {action.company_name}
            </Link>
          )}
        </h2>
        <p className="truncate text-small text-muted">
          {onClose ? action.milestone_name : `${action.milestone_name} · ${action.label}`}
        </p>
      </div>
      <ActionState action={action} className="shrink-0" />
      {onClose && (
        <button type="button" onClick={onClose} aria-label="Close" className={ICON_BUTTON}>
          <CloseIcon size={16} strokeWidth={1.75} aria-hidden="true" />
        </button>
      )}
    </header>
  );
}
