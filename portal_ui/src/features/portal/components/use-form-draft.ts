/** A form as it is being filled in: saved as one types, resumed anywhere, and nothing typed ever lost. */
import { useEffect, useRef, useState } from "react";
import { type FormPage, saveForm } from "@/client";
import { check, type Answers, type Typed, typedOf, type TypedValue } from "@/features/forms/model/fields";
import { problemsByField } from "@/features/forms/model/words";
import { Autosave } from "@/lib/autosave";
import { discardKept, keep, readKept } from "@/lib/kept";
import { asProblem, type Problem } from "@/lib/problem";
import { useSaveOnLeave } from "@/lib/use-autosave";
import { draftFrom } from "../model/form-draft";

/** The server names a form's fields so. */
export const PREFIX = "values.";
/** Requests that outlive their page may not be larger. */
const LARGEST_FAREWELL = 60_000;

export function useFormDraft(actionKey: string, page: FormPage, keptAs: string) {
  const { fields } = page.form;
  const [typed, setTyped] = useState<Typed>(() => ({
    ...typedOf(fields, draftFrom(page)),
    ...readKept<Typed>(keptAs),
  }));
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const [meanwhile, setMeanwhile] = useState<"changed" | "overwritten">();
  const revision = useRef(page.revision);
  const unsaved = useRef<Typed>(readKept<Typed>(keptAs) ?? {});

  const [autosave] = useState(
    () =>
      new Autosave<Answers>(async (values) => {
        const sent = unsaved.current;
        const body = { values, revision: revision.current };
        const keepalive = JSON.stringify(body).length < LARGEST_FAREWELL;
        try {
          const path = { action_key: actionKey };
          const { data } = await saveForm({ path, body, keepalive, throwOnError: true });
          revision.current = data.revision;
          if (data.overwrote) setMeanwhile("overwritten");
          if (unsaved.current === sent) discardKept(keptAs);
          return data.saved_at;
        } catch (error) {
          refuse(asProblem(error));
          throw error;
        }
      }, page.saved_at ?? undefined),
  );
  useSaveOnLeave(autosave);

  const refuse = (problem: Problem) => setRefused(problemsByField(problem.fields, PREFIX));

  const change = (key: string, value: TypedValue) => {
    const next = { ...typed, [key]: value };
    setTyped(next);
    setRefused((before) => new Map([...before].filter(([field]) => field !== key)));
    // Undefined would be lost on the way into storage.
    unsaved.current = { ...unsaved.current, [key]: value ?? "" };
    keep(keptAs, unsaved.current);
    autosave.change(check(fields, next, false).answers);
  };

  // What an earlier visit could not save is on its way again.
  useEffect(() => {
    if (Object.keys(unsaved.current).length > 0) autosave.change(check(fields, typed, false).answers);
    // oxlint-disable-next-line react/exhaustive-deps -- once, when the form opens
  }, []);

  // Somebody typed on another device, and nothing here waits to be saved: theirs is shown.
  useEffect(() => {
    if (page.revision <= revision.current || autosave.unsaved) return;
    revision.current = page.revision;
    setTyped(typedOf(page.form.fields, page.values));
    setMeanwhile("changed");
  }, [page, autosave]);

  const finish = () => {
    autosave.drop();
    discardKept(keptAs);
  };
  return { typed, change, refused, refuse, meanwhile, autosave, finish };
}
