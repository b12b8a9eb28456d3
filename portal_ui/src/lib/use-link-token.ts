/** The token of the link this page was opened with, or of one opened in the same tab since. */
import { useEffect, useState } from "react";
import { takeToken } from "./link-token";

export function useLinkToken(presented: string): [token: string, setToken: (token: string) => void] {
  const [token, setToken] = useState(presented);
  useEffect(() => {
    // Another link to the page that is open changes no more than what stands behind the #.
    const opened = () => {
      const another = takeToken();
      if (another) setToken(another);
    };
    window.addEventListener("hashchange", opened);
    return () => window.removeEventListener("hashchange", opened);
  }, []);
  return [token, setToken];
}
