/** At the end of every page, in the same place: whom to ask, who is signed in, and the way out. */
import type { PortalHome } from "@/client";
import { COLUMN } from "@/components/public/page";
import { buttonClasses } from "@/components/ui/button";
import { EmailIcon } from "@/components/ui/icons";
import { useLeavePortal } from "../api/leave-portal";

export function HelpBar({ portal }: { portal: PortalHome }) {
  const leave = useLeavePortal();
  const { csm, organization, me } = portal;
  const name = csm?.name ?? organization.name;
  const email = csm?.email || organization.support_email;
  return (
    <footer className="border-t border-line bg-surface">
      <div className={`${COLUMN} flex flex-col gap-5 py-6`}>
        {email && (
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="min-w-0">
              Questions? {name} answers them.
              <span className="block text-small wrap-anywhere text-muted">{email}</span>
            </p>
            <a href={`mailto:${email}`} className={buttonClasses("secondary", "max-sm:w-full")}>
              <EmailIcon size={20} strokeWidth={1.75} aria-hidden="true" />
              Write to {name.split(" ")[0]}
            </a>
          </div>
        )}
        <div className="flex flex-wrap items-center gap-x-4 text-small text-muted">
          <p>
            Signed in as <span className="wrap-anywhere">{me.email}</span>
          </p>
          <button
            type="button"
            disabled={leave.isPending}
            onClick={() => leave.mutate()}
            className="min-h-11 font-medium text-ink underline"
          >
            Sign out
          </button>
        </div>
      </div>
    </footer>
  );
}
