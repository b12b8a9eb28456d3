/** The handoff while it is the AE's to fill in. */
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useCallback, useRef, useState } from "react";
import type { MyHandoff } from "@/client";
import { BottomBar } from "@/components/public/bottom-bar";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { ErrorSummary, goTo, type Obstacle } from "@/features/forms/components/error-summary";
import { problemsByField } from "@/features/forms/model/words";
import { asProblem, type FieldProblem } from "@/lib/problem";
import { myHandoffQuery } from "../api/read-my-handoff";
import { useSubmitHandoff } from "../api/submit-handoff";
import { CSM, obstaclesTo, reviewedOf } from "../model/review";
import { AnswerCard } from "./answer-card";
import { CsmPicker } from "./csm-picker";
import { HandedOver } from "./handed-over";
import { HandoffIntro } from "./handoff-intro";

export function HandoffEditor({ handoff }: { handoff: MyHandoff }) {
  const { questions, answers, roster, reason } = handoff;
  const submit = useSubmitHandoff();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState(handoff.csm_id ?? undefined);
  const [obstacles, setObstacles] = useState<Obstacle[]>([]);
  /** Obstacles that were worked on since. */
  const [mended, setMended] = useState<ReadonlySet<string>>(new Set());
  const mend = (key: string) => setMended((keys) => new Set(keys).add(key));
  const flushes = useRef(new Map<string, () => Promise<boolean>>());
  const register = useCallback((key: string, flush: () => Promise<boolean>) => {
    flushes.current.set(key, flush);
  }, []);
  // Whoever was chosen may have left since.
  const csmId = roster.some(({ id }) => id === chosen) ? chosen : undefined;
  const csm = roster.find(({ id }) => id === csmId);

  const problem = submit.error ? asProblem(submit.error) : undefined;
  const problemOf = (key: string) =>
    mended.has(key) ? undefined : obstacles.find((each) => each.key === key)?.message;
  const standsInTheWay = (found: Obstacle[]) => {
    setObstacles(found);
    setMended(new Set());
    if (found[0]) goTo(found[0].key);
    return found.length > 0;
  };

  const handOver = async (event: FormEvent) => {
    event.preventDefault();
    submit.reset();
    const unsaved = await flushAll(flushes.current);
    // What was typed last is among the answers only now.
    const latest = queries.getQueryData(myHandoffQuery.queryKey)?.answers ?? answers;
    if (standsInTheWay(obstaclesTo(questions, latest, unsaved, csmId)) || !csmId) return;
    submit.mutate(
      { csm_id: csmId, round: `${handoff.status} ${handoff.submitted_at}` },
      { onError: (error) => standsInTheWay(refusals(handoff, asProblem(error).fields)) },
    );
  };

  if (submit.isSuccess) return <HandedOver handoff={handoff} justNow={csm?.name ?? ""} />;
  const reviewed = reviewedOf(questions, answers);
  return (
    <form onSubmit={handOver} noValidate>
      <HandoffIntro handoff={handoff} />
      <div className="mt-6 flex flex-col gap-4 empty:hidden">
        {handoff.status === "RETURNED" && (
          <Notice tone="weld" title={`${csm?.name ?? "The onboarding team"} asks`}>
            <p className="whitespace-pre-line wrap-anywhere">{reason}</p>
          </Notice>
        )}
        <ErrorSummary obstacles={obstacles} />
        {problem && obstacles.length === 0 && (
          <Notice tone="madder" role="alert" title="Not handed over">
            {problem.message} Your answers are saved.
          </Notice>
        )}
      </div>
      <ol className="mt-8">
        {questions.map((field, index) => {
          const answer = answers.find(({ question }) => question === field.key);
          return (
            answer && (
              <AnswerCard
                key={field.key}
                field={field}
                answer={answer}
                place={`${index + 1} of ${questions.length}`}
                problem={problemOf(field.key)}
                register={register}
                onTouch={() => mend(field.key)}
              />
            )
          );
        })}
      </ol>
      <CsmPicker
        roster={roster}
        chosen={csmId}
        problem={problemOf(CSM)}
        onChoose={(id) => {
          setChosen(id);
          mend(CSM);
        }}
      />
      <BottomBar
        words={
          <p className="text-small text-muted tabular" role="status">
            {reviewed} of {questions.length} reviewed
          </p>
        }
      >
        <Button type="submit" weight="primary" disabled={submit.isPending}>
          {submit.isPending ? "Handing over" : csm ? `Hand over to ${csm.name.split(" ")[0]}` : "Hand over"}
        </Button>
      </BottomBar>
    </form>
  );
}

/** The keys of answers that could not be saved. */
async function flushAll(flushes: Map<string, () => Promise<boolean>>): Promise<string[]> {
  const saved = await Promise.all([...flushes].map(async ([key, flush]) => ((await flush()) ? [] : [key])));
  return saved.flat();
}

/** The server names a question, or the CSM. */
function refusals({ questions }: MyHandoff, problems: FieldProblem[]): Obstacle[] {
  return [...problemsByField(problems)].map(([field, message]) => {
    const question = questions.find(({ key }) => key === field);
    return question
      ? { key: question.key, label: question.label, message }
      : { key: CSM, label: "Who takes over?", message };
  });
}
