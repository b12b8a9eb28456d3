/** The top of a page: its name, what is known about it in one line, and its controls. */
import type { ReactNode } from "react";

interface PageHeaderProps {
  title: string;
  summary?: ReactNode;
  children?: ReactNode;
}

export function PageHeader({ title, summary, children }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-4 pt-5 pb-4 md:px-8 md:pt-7">
      <div className="min-w-0">
        <h1 className="text-page font-semibold">{title}</h1>
        {summary && <p className="mt-0.5 text-muted tabular">{summary}</p>}
      </div>
      {children && <div className="flex flex-wrap items-center gap-3">{children}</div>}
    </header>
  );
}
