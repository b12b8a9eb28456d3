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
  /** Without its shape, where the knot already stands on a line. */
  bare?: boolean;
  className?: string;
}

export function StateLabel({ knot, word, tone, bare = false, className }: StateLabelProps) {
  return (
    <span
      className={classes(
        "inline-flex items-center gap-2 font-medium whitespace-nowrap tabular",
        TONES[tone],
        className,
      )}
    >
      {!bare && <Knot kind={knot} size={14} />}
      {word}
    </span>
  );
}
