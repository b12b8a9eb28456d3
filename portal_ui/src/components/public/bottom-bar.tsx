/** The bar at the bottom of a page that is filled in, as wide as the page: how it is saved, and the button that sends it. */
import type { ReactNode } from "react";

export function BottomBar({ words, children }: { words: ReactNode; children: ReactNode }) {
  return (
    <div className="sticky bottom-0 z-30 -mx-[50vw] -mb-14 border-t border-line bg-surface px-[50vw] pb-[env(safe-area-inset-bottom)]">
      <div className="flex min-h-16 items-center justify-between gap-4 py-2.5">
        <div className="min-w-0 flex-1">{words}</div>
        {children}
      </div>
    </div>
  );
}
