/** The closed set of fields: which are asked, and whether what was typed is an answer. The server has the same rules. */
import type { Question } from "@/client";
import type { FieldProblem } from "@/lib/problem";

export type Field = Question;
export type Answer = string | number | boolean | string[] | null;
export type Answers = Record<string, Answer>;

/** What a field holds while it is being filled in: a number is text until it is one. */
export type TypedValue = string | boolean | string[] | undefined;
export type Typed = Record<string, TypedValue>;

export interface Checked {
  /** In canonical form; those of hidden fields are left out. */
  answers: Answers;
  problems: FieldProblem[];
  shown: Field[];
}

const LONGEST: Partial<Record<Field["type"], number>> = { text: 300, textarea: 10_000 };
const LARGEST = 1e15;

/** Answers as the fields hold them. */
export function typedOf(fields: Field[], answers: Answers): Typed {
  return Object.fromEntries(fields.map((field) => [field.key, typedValue(answers[field.key])]));
}

function typedValue(answer: Answer | undefined): TypedValue {
  return typeof answer === "number" ? String(answer) : (answer ?? undefined);
}

/** Whether the field is asked, given the answers to the fields before it. */
export function isShown({ show_if }: Field, answers: Answers): boolean {
  if (!show_if) return true;
  const other = answers[show_if.field];
  return Array.isArray(other) ? other.includes(String(show_if.equals)) : other === show_if.equals;
}

/** With `complete`, a required field that is shown must have an answer. */
export function check(fields: Field[], typed: Typed, complete: boolean): Checked {
  const checked: Checked = { answers: {}, problems: [], shown: [] };
  for (const field of fields) {
    if (!isShown(field, checked.answers)) continue;
    checked.shown.push(field);
    const value = typed[field.key];
    const message = isEmpty(value)
      ? complete && field.required
        ? "Needs an answer"
        : undefined
      : problemWith(field, value);
    if (message) checked.problems.push({ field: field.key, message });
    else if (!isEmpty(value)) checked.answers[field.key] = canonical(field, value);
  }
  return checked;
}

export function isEmpty(value: TypedValue | Answer): value is undefined | null | "" {
  return value === undefined || value === null || value.toString().trim() === "";
}

function canonical(field: Field, value: string | boolean | string[]): Answer {
  if (field.type === "number") return Number(digits(String(value)));
  if (Array.isArray(value)) return field.options.filter((option) => value.includes(option));
  return typeof value === "string" ? value.trim() : value;
}

function problemWith(field: Field, value: string | boolean | string[]): string | undefined {
  const longest = LONGEST[field.type];
  if (longest && String(value).length > longest) {
    return `Has ${String(value).length} characters, and there is room for ${longest}`;
  }
  if (field.type === "number") {
    const text = digits(String(value));
    if (!/^[-+]?\d+(\.\d+)?$/.test(text)) return "Use digits only, for example 120";
    if (Math.abs(Number(text)) > LARGEST) return "Is too large";
  }
  return undefined;
}

/** People group digits with spaces. A comma may mean either thing, so it is not guessed. */
function digits(text: string): string {
  return text.replace(/\s/g, "");
}
