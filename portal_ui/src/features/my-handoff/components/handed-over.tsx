/** The handoff once it is submitted: to read, with what happens next. */
import { useEffect, useRef } from "react";
import type { MyHandoff } from "@/client";
import { Knot } from "@/components/thread/knot";
import { AnswerList } from "@/features/forms/components/answer-list";
import type { Answers } from "@/features/forms/model/fields";
import { momentWithin } from "@/lib/format";
import { useNow } from "@/lib/use-now";

interface HandedOverProps {
  handoff: MyHandoff;
  /** The CSM, when it was handed over on this page a moment ago. */
  justNow?: string;
}

export function HandedOver({ handoff, justNow }: HandedOverProps) {
  const now = useNow(30_000);
  const heading = useRef<HTMLHeadingElement>(null);
  const { company_name, submitted_at, status, roster, csm_id } = handoff;
  const csm = justNow || roster.find(({ id }) => id === csm_id)?.name || "The onboarding team";
  const accepted = status === "ACCEPTED";
  useEffect(() => {
    if (justNow === undefined) return;
    window.scrollTo(0, 0);
    heading.current?.focus();
  }, [justNow]);
  return (
    <>
      <h1
        ref={heading}
        tabIndex={-1}
        className="flex items-start gap-3 text-display font-semibold wrap-anywhere outline-none"
      >
        <span className="mt-1.5">
          <Knot kind={accepted ? "done" : "us"} size={24} />
        </span>
        {accepted ? `${csm} has taken ${company_name} over` : `${company_name} is handed over`}
      </h1>
      {submitted_at && !justNow && (
        <p className="mt-2 text-muted tabular">Submitted {momentWithin(submitted_at, now)}.</p>
      )}
      <p className="mt-4 text-pretty">
        {accepted
          ? "The onboarding has begun. There is nothing more for you to do."
          : `${csm} reads your answers now. If there is a question, you get an e-mail with a link back to here.`}
      </p>
      <section aria-labelledby="answers" className="mt-10">
        <h2 id="answers" className="mb-4 text-title font-semibold">
          What you handed over
        </h2>
        <AnswerList fields={handoff.questions} answers={answersOf(handoff)} />
      </section>
    </>
  );
}

function answersOf({ answers }: MyHandoff): Answers {
  return Object.fromEntries(answers.map(({ question, value }) => [question, value]));
}
