/** Answers and problems as people read them. */
import { day } from "@/lib/format";
import type { FieldProblem } from "@/lib/problem";
import { type Answer, type Field, isEmpty } from "./fields";

const number = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 10 });

/** Empty where there is no answer. */
export function answerInWords({ type }: Pick<Field, "type">, answer: Answer | undefined): string {
  if (answer === undefined || isEmpty(answer)) return "";
  if (typeof answer === "boolean") return answer ? "Yes" : "No";
  if (typeof answer === "number") return number.format(answer);
  if (Array.isArray(answer)) return answer.join(", ");
  return type === "date" ? day(answer) : answer;
}

/** The server names a form's field as `values.users` and says "is not a number": by field, as a sentence begins. */
export function problemsByField(problems: FieldProblem[], prefix = ""): Map<string, string> {
  return new Map(problems.map(({ field, message }) => [withoutPrefix(field, prefix), capitalised(message)]));
}

function withoutPrefix(field: string, prefix: string): string {
  return field.startsWith(prefix) ? field.slice(prefix.length) : field;
}

function capitalised(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}
