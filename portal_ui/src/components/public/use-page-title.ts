/** The page's name in the browser's tab: under the organisation's name, never ours. */
import { useEffect } from "react";

export function usePageTitle(name: string, organization = ""): void {
  useEffect(() => {
    document.title = organization ? `${name} · ${organization}` : name;
  }, [name, organization]);
}
