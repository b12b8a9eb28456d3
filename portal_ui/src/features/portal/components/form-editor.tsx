/** The form while it is being filled in. */
import { type FormEvent, useState } from "react";
import type { FormPage, PortalHome } from "@/client";
import { BottomBar } from "@/components/public/bottom-bar";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { ErrorSummary, goTo, type Obstacle } from "@/features/forms/components/error-summary";
import { FormField } from "@/features/forms/components/form-field";
import { SaveLine } from "@/features/forms/components/save-line";
import { useHalfTyped } from "@/features/forms/components/use-half-typed";
import { type Answers, check, type Field } from "@/features/forms/model/fields";
import { problemsByField } from "@/features/forms/model/words";
import { asProblem, type FieldProblem } from "@/lib/problem";
import { useSaveState } from "@/lib/use-autosave";
import { useSubmitForm } from "../api/submit-form";
import { PREFIX, useFormDraft } from "./use-form-draft";

interface FormEditorProps {
  actionKey: string;
  page: FormPage;
  portal: PortalHome;
  onSent: (values: Answers) => void;
}

export function FormEditor({ actionKey, page, portal, onSent }: FormEditorProps) {
  const { form, note, submission, label } = page;
  const draft = useFormDraft(
    actionKey,
    page,
    `portal.kept.${portal.me.email}.${portal.company_name}.${actionKey}`,
  );
  const saving = useSaveState(draft.autosave);
  const submit = useSubmitForm(actionKey, `${page.status} ${submission?.submitted_at}`);
  const { isHalfTyped, touch } = useHalfTyped();
  const [tried, setTried] = useState(false);
  /** As of the last attempt: a list that changed while one types would move the page. */
  const [obstacles, setObstacles] = useState<Obstacle[]>([]);
  const looksOnly = portal.me.role === "portal_viewer";
  const who = portal.csm?.name.split(" ")[0] ?? portal.organization.name;

  const { shown, problems, answers } = check(form.fields, draft.typed, tried);
  const found = problemsByField(problems);
  const problemOf = (key: string) =>
    draft.refused.get(key) ?? (isHalfTyped(key) ? undefined : found.get(key));
  const problemsIn = (words: FieldProblem[]) => {
    const named = obstaclesIn(shown, problemsByField(words, PREFIX));
    setObstacles(named);
    if (named[0]) goTo(named[0].key);
    return named.length > 0;
  };

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const whole = check(form.fields, draft.typed, true);
    if (problemsIn(whole.problems)) return;
    await draft.autosave.flush();
    submit.mutate(whole.answers, {
      onSuccess: () => {
        draft.finish();
        onSent(whole.answers);
      },
      onError: (error) => {
        draft.refuse(asProblem(error));
        problemsIn(asProblem(error).fields);
      },
    });
  };
  const failure = submit.error && obstacles.length === 0 ? asProblem(submit.error) : undefined;

  return (
    <form onSubmit={send} noValidate>
      <h1 className="text-display font-semibold wrap-anywhere">{label}</h1>
      {form.intro && <p className="mt-2 text-pretty whitespace-pre-line text-muted">{form.intro}</p>}
      <div className="mt-6 flex flex-col gap-4 empty:hidden">
        {note && (
          <Notice tone="weld" title={`${who} asks you to look at this again`}>
            <p className="whitespace-pre-line wrap-anywhere">{note}</p>
          </Notice>
        )}
        {looksOnly && (
          <Notice tone="woad" title="You may look, and not answer">
            Ask a colleague who may, or write to {who}.
          </Notice>
        )}
        {draft.meanwhile && <Meanwhile kind={draft.meanwhile} />}
        <ErrorSummary obstacles={obstacles} />
        {failure && (
          <Notice tone="madder" role="alert" title="Not sent">
            {failure.message} What you typed is kept.
          </Notice>
        )}
      </div>
      <div className="mt-8 flex flex-col gap-8 pb-10">
        {shown.map((field) => (
          <FormField
            key={field.key}
            field={field}
            value={draft.typed[field.key]}
            problem={problemOf(field.key)}
            disabled={looksOnly}
            onChange={(value) => {
              touch(field.key);
              draft.change(field.key, value);
            }}
          />
        ))}
      </div>
      {!looksOnly && (
        <BottomBar
          words={
            <SaveLine
              state={saving}
              saved={Object.keys(answers).length > 0 ? "Draft saved" : "Saved"}
              untouched="Saved as you type"
            />
          }
        >
          <Button type="submit" weight="primary" disabled={submit.isPending}>
            {submit.isPending ? "Sending" : "Send answers"}
          </Button>
        </BottomBar>
      )}
    </form>
  );
}

function obstaclesIn(shown: Field[], problems: Map<string, string>): Obstacle[] {
  return shown.flatMap(({ key, label }) => {
    const message = problems.get(key);
    return message ? [{ key, label, message }] : [];
  });
}

function Meanwhile({ kind }: { kind: "changed" | "overwritten" }) {
  if (kind === "changed") {
    return (
      <Notice tone="woad" role="status" title="These answers were changed elsewhere">
        By a colleague, or by you on another device. You see them as they are now.
      </Notice>
    );
  }
  return (
    <Notice tone="weld" role="status" title="Somebody else changed these answers at the same time">
      What you see here is what is saved.
    </Notice>
  );
}
