/** A page before the page: one sentence, one thing to do, strung on a line that goes on behind it. */
import type { ReactNode } from "react";

interface DoorProps {
  title: string;
  children: ReactNode;
}

export function Door({ title, children }: DoorProps) {
  return (
    <div className="min-h-dvh overflow-x-clip bg-surface">
      <div aria-hidden="true" className="h-1 bg-brand" />
      <main className="mx-auto w-full max-w-110 px-6 pt-[14vh] pb-14">
        <div className="relative mb-6 h-7">
          <Line />
        </div>
        <h1 tabIndex={-1} className="mb-3 text-page font-semibold outline-none">
          {title}
        </h1>
        <div className="flex flex-col gap-5 text-pretty">{children}</div>
      </main>
    </div>
  );
}

function Line() {
  return (
    <svg
      aria-hidden="true"
      fill="none"
      className="pointer-events-none absolute start-1/2 h-7 w-screen -translate-x-1/2"
    >
      <line x1="0" x2="50%" y1="14" y2="14" strokeWidth="3" className="stroke-indigo" />
      <line
        x1="50%"
        x2="100%"
        y1="14"
        y2="14"
        strokeWidth="2"
        strokeDasharray="6 6"
        className="stroke-line-strong"
      />
      <circle cx="50%" cy="14" r="9" strokeWidth="3" className="fill-surface stroke-indigo" />
    </svg>
  );
}
