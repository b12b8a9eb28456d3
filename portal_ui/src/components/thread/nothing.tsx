/** An empty place says what will be here, and what comes next. */
import type { ReactNode } from "react";

export function Nothing({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-6 py-16 text-center">
      <svg width="120" height="16" viewBox="0 0 120 16" fill="none" aria-hidden="true" className="mb-5">
        <path d="M0 8h50" strokeWidth="2" className="stroke-line-strong" />
        <path d="M70 8h50" strokeWidth="2" strokeDasharray="6 6" className="stroke-line-strong" />
        <circle cx="60" cy="8" r="6" strokeWidth="2" className="stroke-line-strong" />
      </svg>
      <h2 className="text-title font-semibold">{title}</h2>
      {children && <div className="mt-2 text-pretty text-muted">{children}</div>}
    </div>
  );
}
