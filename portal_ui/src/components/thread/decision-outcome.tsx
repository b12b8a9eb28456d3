/** What became of a decision, where it was not simply taken: refused, without an answer, or kept for later. */
import { asProblem } from "@/lib/problem";
import { Notice } from "../ui/notice";

interface DecisionOutcomeProps {
  error: unknown;
  /** The server keeps it; no worker has answered yet. */
  waiting: boolean;
  /** "Not taken over" */
  refused: string;
}

export function DecisionOutcome({ error, waiting, refused }: DecisionOutcomeProps) {
  if (waiting) {
    return (
      <Notice tone="woad" role="status" title="Your decision is kept">
        No worker is answering right now. It takes effect as soon as one is back; you can leave this page.
      </Notice>
    );
  }
  if (!error) return null;
  const problem = asProblem(error);
  return problem.status === 0 ? (
    <Notice tone="madder" role="alert" title="No answer from the server">
      We do not know whether your decision arrived. Doing it again is safe: it counts once.
    </Notice>
  ) : (
    <Notice tone="madder" role="alert" title={refused}>
      {problem.message}
    </Notice>
  );
}
