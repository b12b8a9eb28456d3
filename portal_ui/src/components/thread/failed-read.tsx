/** A block that could not be read: what failed, what is safe, one thing to do. */
import { asProblem } from "@/lib/problem";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";

interface FailedReadProps {
  /** "the accounts" */
  what: string;
  error: unknown;
  onRetry: () => void;
  className?: string;
}

export function FailedRead({ what, error, onRetry, className }: FailedReadProps) {
  return (
    <Notice
      tone="madder"
      role="alert"
      title={`We could not load ${what}. Nothing was changed.`}
      actions={<Button onClick={onRetry}>Try again</Button>}
      {...(className ? { className } : {})}
    >
      {asProblem(error).message}
    </Notice>
  );
}
