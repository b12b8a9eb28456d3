/** A question with few choices: every one is shown, and each is a target as wide as the column. */
import { classes } from "@/components/ui/classes";
import type { Field, TypedValue } from "../model/fields";
import { controlId, described, type FormFieldProps, Help, Label, ProblemLine } from "./field-parts";

interface Choice {
  name: string;
  chosen: boolean;
  /** What the field holds once this one is clicked. */
  next: TypedValue;
}

export function Choices({ field, value, problem, disabled = false, onChange }: FormFieldProps) {
  const several = field.type === "multi_select";
  const choices = choicesOf(field, value);
  return (
    <fieldset {...described(field, problem)} aria-invalid={undefined} disabled={disabled}>
      <legend className="font-medium text-pretty">
        <Label field={field} />
      </legend>
      <Help field={field} />
      <div className={classes("mt-1.5 grid gap-2", field.type === "yes_no" && "grid-cols-2 sm:max-w-72")}>
        {choices.map((choice, index) => (
          <label
            key={choice.name}
            className={classes(
              "flex min-h-10 items-center gap-3 rounded-control bg-surface px-3 py-2 ring-1 ring-inset coarse:min-h-11",
              "has-checked:bg-indigo-soft has-checked:ring-2 has-checked:ring-indigo-line",
              "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring",
              problem ? "ring-madder-line" : "ring-line-strong",
            )}
          >
            <input
              type={several ? "checkbox" : "radio"}
              id={index === 0 ? controlId(field.key) : undefined}
              name={field.key}
              checked={choice.chosen}
              onChange={() => onChange(choice.next)}
              className="size-4.5 shrink-0 accent-indigo outline-none"
            />
            {choice.name}
          </label>
        ))}
      </div>
      <ProblemLine field={field} problem={problem} />
    </fieldset>
  );
}

function choicesOf(field: Field, value: TypedValue): Choice[] {
  if (field.type === "yes_no") {
    return [
      { name: "Yes", chosen: value === true, next: true },
      { name: "No", chosen: value === false, next: false },
    ];
  }
  if (field.type === "select") {
    return field.options.map((name) => ({ name, chosen: value === name, next: name }));
  }
  const chosen = Array.isArray(value) ? value : [];
  return field.options.map((name) => {
    const is = chosen.includes(name);
    return { name, chosen: is, next: is ? chosen.filter((other) => other !== name) : [...chosen, name] };
  });
}
