/** Fields somebody is typing in at this moment: what is half typed is not wrong yet. */
import { useEffect, useState } from "react";

const PAUSE_MS = 1_000;

/**
 * A problem shown when the typing pauses never moves the page under a click,
 * as one shown when the field is left would.
 */
export function useHalfTyped(): { isHalfTyped: (key: string) => boolean; touch: (key: string) => void } {
  const [touched, setTouched] = useState<{ keys: ReadonlySet<string> }>({ keys: new Set() });
  useEffect(() => {
    if (touched.keys.size === 0) return undefined;
    const timer = setTimeout(() => setTouched({ keys: new Set() }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [touched]);
  return {
    isHalfTyped: (key) => touched.keys.has(key),
    touch: (key) => setTouched(({ keys }) => ({ keys: new Set(keys).add(key) })),
  };
}
