/** An Autosave for as long as a component is on screen: its state, and nothing lost when the page goes. */
import { useEffect, useSyncExternalStore } from "react";
import type { Autosave, SaveState } from "./autosave";

export function useSaveState<Value>(autosave: Autosave<Value>): SaveState {
  return useSyncExternalStore(autosave.subscribe, () => autosave.state);
}

/** A page put aside is saved at once; one closed with words unsaved asks first. */
export function useSaveOnLeave<Value>(autosave: Autosave<Value>): void {
  useEffect(() => {
    const flush = () => void autosave.flush();
    const hidden = () => document.visibilityState === "hidden" && flush();
    const ask = (event: BeforeUnloadEvent) => autosave.unsaved && event.preventDefault();
    document.addEventListener("visibilitychange", hidden);
    window.addEventListener("online", flush);
    window.addEventListener("beforeunload", ask);
    return () => {
      document.removeEventListener("visibilitychange", hidden);
      window.removeEventListener("online", flush);
      window.removeEventListener("beforeunload", ask);
      flush();
    };
  }, [autosave]);
}
