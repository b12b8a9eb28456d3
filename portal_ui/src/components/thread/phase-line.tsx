/** An account's milestones on one line, signature to go-live: what is done, what is now, what is still to come. */
import { classes } from "../ui/classes";
import { Knot, type KnotKind } from "./knot";

export interface Phase {
  key: string;
  name: string;
  /** "Done 9 Nov", "Now", "2 to review" */
  word: string;
  knot: KnotKind;
  /** The stroke that leads on from this phase. */
  line: "done" | "active" | "upcoming";
}

const STROKES: Record<Phase["line"], string> = {
  done: "stroke-verdigris",
  active: "stroke-indigo",
  upcoming: "stroke-line-strong",
};

export function PhaseLine({ phases, label }: { phases: Phase[]; label: string }) {
  return (
    <ol aria-label={label} className="flex flex-col gap-3 sm:flex-row sm:gap-0">
      {phases.map((phase, index) => (
        <li key={phase.key} className="flex min-w-0 gap-3 sm:block sm:flex-1">
          <div className="flex items-center sm:mb-2">
            <Knot kind={phase.knot} size={18} />
            {index < phases.length - 1 && <Stroke line={phase.line} />}
          </div>
          <p className={classes("min-w-0 sm:pe-3", phase.line === "upcoming" && "text-muted")}>
            <span className="me-2 font-medium sm:me-0 sm:block sm:truncate">{phase.name}</span>
            <span className="text-small text-muted tabular">{phase.word}</span>
          </p>
        </li>
      ))}
    </ol>
  );
}

function Stroke({ line }: { line: Phase["line"] }) {
  return (
    <svg aria-hidden="true" className="hidden h-4 flex-1 sm:block" preserveAspectRatio="none">
      <line
        x1="4"
        x2="100%"
        y1="8"
        y2="8"
        strokeWidth={line === "upcoming" ? 2 : 3}
        strokeDasharray={line === "upcoming" ? "6 6" : undefined}
        className={STROKES[line]}
      />
    </svg>
  );
}
