/** The handoff of one account as its CSM reads and decides it. */
import type { HandoffAnswer, Question } from "@/client";
import { FailedRead } from "@/components/thread/failed-read";
import { Knot } from "@/components/thread/knot";
import { Waiting } from "@/components/thread/waiting";
import { type Answers, isShown } from "@/features/forms/model/fields";
import { answerInWords } from "@/features/forms/model/words";
import { momentWithin } from "@/lib/format";
import { useHandoff } from "../api/read-handoff";
import { originOf } from "../model/origin";
import { standingOf } from "../model/standing";
import { HandoffDecision } from "./handoff-decision";

export function HandoffSection({ accountId, now }: { accountId: string; now: number }) {
  const { data: handoff, error, isPending, refetch } = useHandoff(accountId);
  if (isPending) return <Waiting lines={5} row="h-20" />;
  if (!handoff) return <FailedRead what="the handoff" error={error} onRetry={() => refetch()} />;
  const { title, words, knot } = standingOf(handoff, now);
  const values: Answers = Object.fromEntries(
    handoff.answers.map((answer) => [answer.question, answer.value]),
  );
  return (
    <div className="max-w-180">
      <section aria-label="Where the handoff stands" className="flex gap-3">
        <span className="mt-1">
          <Knot kind={knot} size={18} />
        </span>
        <div className="flex min-w-0 flex-1 flex-col gap-4">
          <div>
            <h2 className="text-title font-semibold">{title}</h2>
            <p className="mt-0.5 max-w-prose text-pretty whitespace-pre-line text-muted">{words}</p>
          </div>
          <HandoffDecision key={handoff.status} accountId={accountId} handoff={handoff} />
        </div>
      </section>
      <dl className="mt-7">
        {handoff.questions
          .filter((question) => isShown(question, values))
          .map((question) => (
            <AnswerRow
              key={question.key}
              question={question}
              answer={handoff.answers.find((answer) => answer.question === question.key)}
              now={now}
            />
          ))}
      </dl>
    </div>
  );
}

interface AnswerRowProps {
  question: Question;
  answer: HandoffAnswer | undefined;
  now: number;
}

function AnswerRow({ question, answer, now }: AnswerRowProps) {
  const words = answerInWords(question, answer?.value);
  return (
    <div className="border-t border-line py-4">
      <dt className="font-medium text-pretty">{question.label}</dt>
      <dd className="mt-1">
        <p className="max-w-prose text-reading text-pretty whitespace-pre-line wrap-anywhere">
          {words || <span className="text-muted">Not answered</span>}
        </p>
        {answer && (
          <p className="mt-1.5 text-small text-muted tabular">
            {answer.pending ? "Being drafted again" : originOf(answer)}
            {answer.origin === "ae" && `, ${momentWithin(answer.updated_at, now)}`}
          </p>
        )}
      </dd>
    </div>
  );
}
