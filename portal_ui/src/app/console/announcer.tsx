/** The page's one polite region for screen readers. */
import { useEffect, useState } from "react";
import { onAnnouncement } from "@/lib/announce";

export function Announcer() {
  const [sentence, setSentence] = useState("");
  useEffect(() => onAnnouncement(setSentence), []);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {sentence}
    </div>
  );
}
