/** Key commands for as long as a component is on screen. */
import { useEffect, useRef } from "react";
import { type Bindings, makeMatcher, singleKeysOn } from "./hotkeys";

export function useHotkeys(bindings: Bindings): void {
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  useEffect(() => {
    const match = makeMatcher(singleKeysOn);
    const onKey = (event: KeyboardEvent) => {
      // An open dialog has the keyboard to itself.
      if (document.querySelector("[role=dialog][data-open]")) return;
      const command = match(event, latest.current);
      if (!command) return;
      event.preventDefault();
      command();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
