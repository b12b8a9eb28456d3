/** A sheet above the page that keeps the keyboard until it is closed. */
import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode } from "react";
import { CloseIcon } from "./icons";

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
}

export function Dialog({ open, onClose, title, children }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Base.Popup className="fixed inset-x-4 top-[12vh] z-50 mx-auto max-h-[76vh] max-w-md overflow-y-auto rounded-card bg-surface p-6 text-ink shadow-dialog ring-1 ring-line">
          <div className="mb-4 flex items-start justify-between gap-4">
            <Base.Title className="text-title font-semibold">{title}</Base.Title>
            <Base.Close
              aria-label="Close"
              className="-m-2 grid size-8 place-items-center rounded-control hover:bg-sunken coarse:size-11"
            >
              <CloseIcon size={16} strokeWidth={1.75} aria-hidden="true" />
            </Base.Close>
          </div>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
