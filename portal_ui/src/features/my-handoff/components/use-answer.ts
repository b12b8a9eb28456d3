/** One answer as the AE writes it: saved as they type, and newer words taken over when they come. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { AnswerSaved, HandoffAnswer, MyHandoff } from "@/client";
import { type Answer, check, type Field, typedOf, type TypedValue } from "@/features/forms/model/fields";
import { problemsByField } from "@/features/forms/model/words";
import { publicKeys } from "@/lib/public-query";
import { useSaveOnLeave } from "@/lib/use-autosave";
import { AnswerSaver } from "../api/save-answer";

export function useAnswer(field: Field, answer: HandoffAnswer) {
  const queries = useQueryClient();
  const [typed, setTyped] = useState<TypedValue>(() => held(field, answer.value));
  const [refused, setRefused] = useState<string>();
  const [overwrote, setOverwrote] = useState(false);
  const [saver] = useState(
    () =>
      new AnswerSaver(answer, {
        newer: (value) => setTyped(held(field, value)),
        saved: (value, saved) => {
          setOverwrote(saved.overwrote);
          queries.setQueryData<MyHandoff | null>(publicKeys.myHandoff, (handoff) =>
            handoff ? { ...handoff, answers: handoff.answers.map(kept(field.key, value, saved)) } : handoff,
          );
        },
        refused: (problem) => setRefused([...problemsByField(problem.fields).values()][0]),
      }),
  );
  useSaveOnLeave(saver.autosave);

  // A newer answer came from elsewhere: drafted again, or typed in another tab.
  useEffect(() => saver.offer(answer), [answer, saver]);

  const change = (value: TypedValue) => {
    setTyped(value);
    setRefused(undefined);
    const { answers, problems } = checkOne(field, value);
    if (problems.length === 0) saver.autosave.change(answers[field.key] ?? null);
  };
  /** As it stands, it is the AE's answer. */
  const keepAsIs = () => {
    change(typed);
    void saver.autosave.flush();
  };
  const problem = refused ?? checkOne(field, typed).problems[0]?.message;
  return { typed, change, keepAsIs, autosave: saver.autosave, overwrote, problem };
}

/** An answer of a handoff stands for itself: what it depends on is another card's. */
function checkOne(field: Field, value: TypedValue) {
  return check([{ ...field, show_if: null }], { [field.key]: value }, false);
}

function held(field: Field, value: Answer): TypedValue {
  return typedOf([field], { [field.key]: value })[field.key];
}

function kept(question: string, value: Answer, saved: AnswerSaved) {
  return (answer: HandoffAnswer): HandoffAnswer =>
    answer.question === question
      ? { ...answer, value, origin: "ae", revision: saved.revision, updated_at: saved.updated_at }
      : answer;
}
