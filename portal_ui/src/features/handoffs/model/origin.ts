/** Where an answer comes from, in words: nobody should have to guess whether a machine wrote it. */
import type { HandoffAnswer } from "@/client";

type Origin = Pick<HandoffAnswer, "origin" | "sources" | "model" | "updated_by">;

/** "Draft · AI, from Deal and Notes from sales". `you` when the reader is the one who answered. */
export function originOf({ origin, sources, model, updated_by }: Origin, you = false): string {
  if (origin === "ai") return `Draft · AI${from(sources) && ","}${from(sources)}`;
  if (origin === "template") return "Draft · not AI, a placeholder";
  const who = you ? "you" : updated_by || "sales";
  const drafted = model && model !== NOT_AI ? `, first drafted by AI${from(sources)}` : "";
  return `Reviewed by ${who}${drafted}`;
}

/** What the server calls the writer of an answer that no model wrote. */
const NOT_AI = "not AI";

function from(sources: string[]): string {
  const last = sources.at(-1);
  if (!last) return "";
  const before = sources.slice(0, -1).join(", ");
  return ` from ${before ? `${before} and ${last}` : last}`;
}
