/** The page's name in the browser's tab and history. */
import { useEffect } from "react";

export function useTitle(name: string): void {
  useEffect(() => {
    document.title = `${name} · Thread`;
  }, [name]);
}
