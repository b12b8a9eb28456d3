/** Answers to read: each question with what was said. */
import { type Answers, type Field, isShown } from "../model/fields";
import { answerInWords } from "../model/words";

export function AnswerList({ fields, answers }: { fields: Field[]; answers: Answers }) {
  return (
    <dl className="flex flex-col">
      {fields
        .filter((field) => isShown(field, answers))
        .map((field) => {
          const words = answerInWords(field, answers[field.key]);
          return (
            <div key={field.key} className="border-t border-line py-3 first:border-t-0 first:pt-0">
              <dt className="text-small text-pretty text-muted">{field.label}</dt>
              <dd className="mt-0.5 whitespace-pre-line wrap-anywhere">
                {words || <span className="text-muted">Not answered</span>}
              </dd>
            </div>
          );
        })}
    </dl>
  );
}
