/** What every kind of field is made of: its words, its help, what is wrong with it, and the id its control goes by. */
import type { ReactNode } from "react";
import type { Field, TypedValue } from "../model/fields";

export interface FormFieldProps {
  field: Field;
  value: TypedValue;
  problem?: string | undefined;
  disabled?: boolean;
  onChange: (value: TypedValue) => void;
}

export function controlId(key: string): string {
  return `q-${key}`;
}

/** What is optional says so; what is required goes without saying. */
export function Label({ field }: { field: Field }): ReactNode {
  return (
    <>
      {field.label}
      {!field.required && <span className="font-normal text-muted"> (optional)</span>}
    </>
  );
}

export function Help({ field }: { field: Field }): ReactNode {
  if (!field.help) return null;
  return (
    <p id={`${controlId(field.key)}-help`} className="mt-0.5 text-small text-pretty text-muted">
      {field.help}
    </p>
  );
}

export function ProblemLine({ field, problem }: { field: Field; problem: string | undefined }): ReactNode {
  if (!problem) return null;
  return (
    <p id={`${controlId(field.key)}-problem`} className="mt-1.5 text-small font-medium text-madder-text">
      {problem}
    </p>
  );
}

/** Ties help and problem to the control, for screen readers. */
export function described(field: Field, problem: string | undefined) {
  const id = controlId(field.key);
  const ids = [problem && `${id}-problem`, field.help && `${id}-help`].filter(Boolean).join(" ");
  return {
    ...(ids ? { "aria-describedby": ids } : {}),
    ...(problem ? { "aria-invalid": true } : {}),
  };
}
