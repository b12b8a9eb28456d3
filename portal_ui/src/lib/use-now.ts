/** The server's time as state, moving at a chosen pace. */
import { useEffect, useState } from "react";
import { serverNow } from "./clock";

export function useNow(everyMs: number): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
