/** A form to check before it is sent: every question, what kind of answer it takes, and when it is asked. */
import type { Form } from "@/client";
import type { Field } from "../model/fields";

const KINDS: Record<Field["type"], string> = {
  text: "A line of text",
  textarea: "Several lines of text",
  number: "A number",
  date: "A date",
  select: "One of",
  multi_select: "Any of",
  yes_no: "Yes or no",
};

export function FormOutline({ form }: { form: Form }) {
  return (
    <div className="flex flex-col gap-3">
      {form.intro && <p className="max-w-prose text-pretty whitespace-pre-line">{form.intro}</p>}
      <ol className="flex flex-col">
        {form.fields.map((field, index) => (
          <li key={field.key} className="flex gap-3 border-t border-line py-2.5">
            <span className="w-5 shrink-0 text-end text-muted tabular">{index + 1}</span>
            <div className="min-w-0">
              <p className="font-medium text-pretty wrap-anywhere">
                {field.label}
                {!field.required && <span className="font-normal text-muted"> (optional)</span>}
              </p>
              {field.help && <p className="text-pretty">{field.help}</p>}
              <p className="text-small text-pretty text-muted">
                {KINDS[field.type]}
                {field.options.length > 0 && `: ${field.options.join(", ")}`}
                {conditionOf(field, form.fields)}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}

function conditionOf({ show_if }: Field, fields: Field[]): string {
  if (!show_if) return "";
  const other = fields.find(({ key }) => key === show_if.field)?.label ?? show_if.field;
  const value = typeof show_if.equals === "boolean" ? (show_if.equals ? "Yes" : "No") : show_if.equals;
  return `. Only if “${other}” is ${value}`;
}
