/** A link was asked for. Whether there is such a person is not told, so the words are the same for everybody. */
import { useEffect, useState } from "react";
import { Door } from "@/components/public/door";
import { Button } from "@/components/ui/button";

/** Mail takes its time; a second link any sooner only confuses. */
const PATIENCE_MS = 30_000;

export function LinkSent({ detail, onAgain }: { detail: string; onAgain: () => void }) {
  const [patient, setPatient] = useState(true);
  useEffect(() => {
    document.querySelector("h1")?.focus();
    const timer = setTimeout(() => setPatient(false), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Door title="Look into your mail">
      <p>{detail}</p>
      <p className="text-muted">
        It usually takes a minute. Look among unwanted mail too. You can close this page.
      </p>
      {!patient && <Button onClick={onAgain}>Ask for another link</Button>}
    </Door>
  );
}
