/** A state as shape and word together. */
import { classes } from "../ui/classes";
import { Knot, type KnotKind } from "./knot";

export type Tone = "ink" | "muted" | "indigo" | "verdigris" | "weld" | "madder";

const TONES: Record<Tone, string> = {
  ink: "text-ink",
  muted: "text-muted",
  indigo: "text-indigo-text",
  verdigris: "text-verdigris-text",
  weld: "text-weld-text",
  madder: "text-madder-text",
};

interface StateLabelProps {
  knot: KnotKind;
  word: string;
  tone: Tone;
  className?: string;
}

export function StateLabel({ knot, word, tone, className }: StateLabelProps) {
  return (
    <span
      className={classes(
        "inline-flex items-center gap-2 font-medium whitespace-nowrap tabular",
        TONES[tone],
        className,
      )}
    >
      <Knot kind={knot} size={14} />
      {word}
    </span>
  );
}
