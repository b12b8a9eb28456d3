/** The customer's answers, or what they were asked while there are none; earlier answers beneath. */
import type { ActionDetail, ResponseDetail, SubmissionDetail } from "@/client";
import { AnswerList } from "@/features/forms/components/answer-list";
import { FormOutline } from "@/features/forms/components/form-outline";
import { momentWithin } from "@/lib/format";
import { useNow } from "@/lib/use-now";

interface ResponseAnswersProps {
  action: ActionDetail;
  response: ResponseDetail;
}

export function ResponseAnswers({ action, response }: ResponseAnswersProps) {
  const now = useNow(30_000);
  const { form, status, submission, earlier } = response;
  const returned = status === "returned";
  const last = submission ? [submission, ...earlier] : earlier;
  const shown = returned ? undefined : submission;
  const before = shown ? earlier : last;
  return (
    <div className="flex flex-col gap-6">
      {shown && (
        <section aria-label="Answers sent last">
          <p className="mb-4 text-small text-muted tabular">Sent {whenAndWho(shown, now)}</p>
          <AnswerList fields={form.fields} answers={shown.values} />
        </section>
      )}
      {!shown && (
        <section aria-label="What is asked">
          <p className="mb-4 max-w-prose text-pretty">
            {returned
              ? `Returned to ${action.company_name}: “${action.reason}”`
              : `${action.company_name} has not sent anything yet. This is what they are asked:`}
          </p>
          {!returned && <FormOutline form={form} />}
        </section>
      )}
      {before.map((each) => (
        <details key={each.id} className="border-t border-line pt-3">
          <summary className="cursor-pointer text-small font-medium tabular">
            Earlier answers, sent {whenAndWho(each, now)}
          </summary>
          <div className="pt-4">
            <AnswerList fields={form.fields} answers={each.values} />
          </div>
        </details>
      ))}
    </div>
  );
}

function whenAndWho({ submitted_by, submitted_at }: SubmissionDetail, now: number): string {
  return `${momentWithin(submitted_at, now)}${submitted_by && ` by ${submitted_by}`}`;
}
