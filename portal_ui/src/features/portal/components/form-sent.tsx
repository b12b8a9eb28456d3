/** A form that was sent: who checks it, what happens next, and what was said. */
import { useEffect, useRef } from "react";
import { Link } from "wouter";
import type { FormPage } from "@/client";
import { Knot } from "@/components/thread/knot";
import { buttonClasses } from "@/components/ui/button";
import { AnswerList } from "@/features/forms/components/answer-list";
import type { Answers } from "@/features/forms/model/fields";
import { momentWithin } from "@/lib/format";
import { useNow } from "@/lib/use-now";

interface FormSentProps {
  page: FormPage;
  values: Answers;
  at: string | undefined;
  by: string;
  /** Who checks it. */
  who: string;
  /** From this page, a moment ago. */
  justSent: boolean;
}

export function FormSent({ page, values, at, by, who, justSent }: FormSentProps) {
  const now = useNow(30_000);
  const heading = useRef<HTMLHeadingElement>(null);
  const done = page.status === "done";
  useEffect(() => {
    if (!justSent) return;
    window.scrollTo(0, 0);
    heading.current?.focus();
  }, [justSent]);
  return (
    <>
      <p className="text-muted">{page.label}</p>
      <h1
        ref={heading}
        tabIndex={-1}
        className="mt-1 flex items-start gap-3 text-display font-semibold outline-none"
      >
        <span className="mt-1.5">
          <Knot kind={done ? "done" : "us"} size={24} />
        </span>
        {done ? "Done" : `Sent. ${who} checks it`}
      </h1>
      {at && (
        <p className="mt-2 text-muted tabular">
          Sent {momentWithin(at, now)}
          {by && ` by ${by}`}
          {done && ` and accepted by ${who}`}.
        </p>
      )}
      {!done && (
        <section aria-labelledby="happens" className="mt-7">
          <h2 id="happens" className="font-semibold">
            What happens next
          </h2>
          <p className="mt-1 text-pretty">
            {who} reads your answers. If something is missing, they come back to you here with a question, and
            you get an e-mail.
          </p>
        </section>
      )}
      <Link href="/p" className={buttonClasses("secondary", "mt-6 max-sm:w-full")}>
        Back to your onboarding
      </Link>
      <section aria-labelledby="answers" className="mt-10">
        <h2 id="answers" className="mb-4 text-title font-semibold">
          Your answers
        </h2>
        <AnswerList fields={page.form.fields} answers={values} />
      </section>
    </>
  );
}
