/** Whether what is typed is safe, in a few words that stay in their place. */
import type { SaveState } from "@/lib/autosave";
import { clockTime } from "@/lib/format";

interface SaveLineProps {
  state: SaveState;
  /** "Draft saved" */
  saved: string;
  /** Before anything was saved. */
  untouched?: string;
}

export function SaveLine({ state, saved, untouched = "" }: SaveLineProps) {
  return (
    <p
      role="status"
      className={`text-small tabular ${state.phase === "waiting" || state.phase === "refused" ? "font-medium text-weld-text" : "text-muted"}`}
    >
      {words(state, saved, untouched)}
    </p>
  );
}

function words(state: SaveState, saved: string, untouched: string): string {
  switch (state.phase) {
    case "saved":
      return state.at ? `${saved} ${clockTime(state.at)}` : untouched;
    case "typing":
    case "saving":
      return "Saving";
    case "waiting":
      return "Not saved yet. It is tried again by itself";
    case "refused":
      return "Not saved";
  }
}
