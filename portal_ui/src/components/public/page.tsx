/** A page of the organisation's own: its colour along the top, its name, one column, and whom to ask at the end. */
import type { ReactNode } from "react";

interface PageProps {
  organization: string;
  /** Whose page it is: "Blue Fern". */
  subject?: string;
  /** What must be known before anything else, such as that this is not the latest. */
  notice?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
}

export const COLUMN = "mx-auto w-full max-w-160 px-5";

export function Page({ organization, subject, notice, footer, children }: PageProps) {
  return (
    <div className="flex min-h-dvh flex-col overflow-x-clip">
      <div aria-hidden="true" className="h-1 bg-brand" />
      <header className="border-b border-line bg-surface">
        <div className={`${COLUMN} flex min-h-14 items-center justify-between gap-6 py-2`}>
          <p className="min-w-0 font-semibold text-pretty wrap-anywhere">{organization}</p>
          {subject && <p className="line-clamp-2 min-w-0 text-end text-small text-muted">{subject}</p>}
        </div>
      </header>
      {notice}
      <main className={`${COLUMN} flex-1 pt-8 pb-14`}>{children}</main>
      {footer}
    </div>
  );
}
