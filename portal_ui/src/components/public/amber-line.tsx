/** One line above everything: what is shown is not the latest, and since when. */
import type { ReactNode } from "react";
import { COLUMN } from "./page";

export function AmberLine({ children }: { children: ReactNode }) {
  return (
    <div role="status" className="border-b border-weld-line bg-weld-soft">
      <p className={`${COLUMN} py-2 text-small font-medium text-weld-text tabular`}>{children}</p>
    </div>
  );
}
