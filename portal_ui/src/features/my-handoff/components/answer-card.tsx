/** One question with its draft answer: keep it, rewrite it, or have it drafted again. */
import { useEffect, useRef, useState } from "react";
import type { HandoffAnswer } from "@/client";
import { Knot } from "@/components/thread/knot";
import { Button } from "@/components/ui/button";
import { CheckIcon, RetryIcon } from "@/components/ui/icons";
import { FormField } from "@/features/forms/components/form-field";
import { SaveLine } from "@/features/forms/components/save-line";
import type { Field, TypedValue } from "@/features/forms/model/fields";
import { originOf } from "@/features/handoffs/model/origin";
import { useSaveState } from "@/lib/use-autosave";
import { AskAgainForm } from "./ask-again-form";
import { useAnswer } from "./use-answer";

interface AnswerCardProps {
  field: Field;
  answer: HandoffAnswer;
  /** "2 of 5" */
  place: string;
  problem: string | undefined;
  /** What is unsaved must be saved before handing over: the page is given a way to. */
  register: (key: string, flush: () => Promise<boolean>) => void;
  onTouch: () => void;
}

export function AnswerCard({ field, answer, place, problem, register, onTouch }: AnswerCardProps) {
  const mine = useAnswer(field, answer);
  const saving = useSaveState(mine.autosave);
  const [asking, setAsking] = useState(false);
  const before = useReplaced(answer, mine.typed);
  const unchanged = useUnchanged(answer);
  const reviewed = answer.origin === "ae";
  useEffect(() => register(field.key, () => mine.autosave.flush()), [register, field.key, mine.autosave]);

  return (
    <li className="border-t border-line py-7">
      <p className="mb-1 flex gap-2 text-small text-muted tabular">
        <span className="mt-0.5">
          <Knot kind={answer.pending ? "working" : reviewed ? "done" : "us"} size={16} />
        </span>
        <span className="min-w-0 text-pretty">
          <span className="whitespace-nowrap">{place}</span>
          {" · "}
          {answer.pending ? "Being drafted again" : originOf(answer, true)}
        </span>
      </p>
      <FormField
        field={field}
        value={mine.typed}
        problem={problem ?? mine.problem}
        disabled={answer.pending}
        onChange={(value) => {
          onTouch();
          mine.change(value);
        }}
      />
      {unchanged && (
        <p role="status" className="mt-1.5 text-small text-weld-text">
          No new draft could be written. The answer stays as it was.
        </p>
      )}
      {mine.overwrote && (
        <p role="status" className="mt-1.5 text-small text-weld-text">
          Somebody else changed this answer at the same time. Yours is what is saved.
        </p>
      )}
      <div className="mt-2 flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <SaveLine state={saving} saved="Saved" />
        <div className="-me-3 flex flex-wrap gap-1 max-sm:-ms-3">
          {before !== undefined && (
            <Button weight="quiet" onClick={() => mine.change(before)}>
              Put my words back
            </Button>
          )}
          {!asking && !answer.pending && (
            <Button weight="quiet" onClick={() => setAsking(true)}>
              <RetryIcon size={18} strokeWidth={1.75} aria-hidden="true" />
              Draft again
            </Button>
          )}
          {!reviewed && !answer.pending && (
            <Button weight="quiet" className="text-indigo-text" onClick={mine.keepAsIs}>
              <CheckIcon size={18} strokeWidth={2} aria-hidden="true" />
              Keep it
            </Button>
          )}
        </div>
      </div>
      {asking && (
        <AskAgainForm
          question={field.key}
          beforeAsking={() => mine.autosave.flush()}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

/** The AE's own words that a new draft has replaced, until they write again. */
function useReplaced(answer: HandoffAnswer, typed: TypedValue): TypedValue {
  const own = useRef<{ value: TypedValue; origin: string }>({ value: typed, origin: answer.origin });
  const [replaced, setReplaced] = useState<TypedValue>();
  useEffect(() => {
    if (answer.pending) return;
    if (own.current.origin === "ae" && answer.origin !== "ae") setReplaced(own.current.value);
    if (answer.origin === "ae") setReplaced(undefined);
    own.current = { value: typed, origin: answer.origin };
  }, [answer.pending, answer.origin, typed]);
  return replaced;
}

/** It was drafted again, and nothing came of it. */
function useUnchanged({ pending, value }: HandoffAnswer): boolean {
  const asked = useRef<string>(undefined);
  const [unchanged, setUnchanged] = useState(false);
  useEffect(() => {
    const words = JSON.stringify(value);
    if (pending) asked.current ??= words;
    else if (asked.current !== undefined) {
      setUnchanged(asked.current === words);
      asked.current = undefined;
    }
  }, [pending, value]);
  return unchanged && !pending;
}
