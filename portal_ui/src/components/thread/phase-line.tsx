/** An account's milestones on one line, signature to go-live: what is done, what is now, what is still to come. */
import { classes } from "../ui/classes";
import { Knot, type KnotKind } from "./knot";
import { type LineStyle, STROKES } from "./stroke";

export interface Phase {
  key: string;
  name: string;
  /** "Done 9 Nov", "Now", "2 to review" */
  word: string;
  knot: KnotKind;
  /** The stroke that leads on from this phase. */
  line: LineStyle;
}

export function PhaseLine({ phases, label }: { phases: Phase[]; label: string }) {
  return (
    <ol aria-label={label} className="flex flex-col gap-2 @lg:flex-row @lg:gap-0">
      {phases.map((phase, index) => (
        <li key={phase.key} className="flex min-w-0 gap-3 @lg:block @lg:flex-1 @lg:last:flex-none">
          <div className="flex items-center @lg:mb-2">
            <Knot kind={phase.knot} size={18} />
            {index < phases.length - 1 && <Stroke line={phase.line} />}
          </div>
          <p
            className={classes("min-w-0 @lg:pe-3 @lg:text-pretty", phase.line === "upcoming" && "text-muted")}
          >
            <span className="me-2 font-medium @lg:me-0 @lg:block">{phase.name}</span>
            <span className="text-small text-muted">{phase.word}</span>
          </p>
        </li>
      ))}
    </ol>
  );
}

function Stroke({ line }: { line: LineStyle }) {
  return (
    <svg aria-hidden="true" className="hidden h-4 flex-1 @lg:block">
      <line x1="4" x2="100%" y1="8" y2="8" {...STROKES[line]} />
    </svg>
  );
}
