/** Loading, drawn as lines of the final shape: nothing at first, lines soon, a sentence when it takes long. */
import { classes } from "../ui/classes";

const WIDTHS = ["w-3/5", "w-4/5", "w-2/5", "w-3/4", "w-1/2"];

interface WaitingProps {
  lines?: number;
  /** The height of a row of what is coming. */
  row?: "h-11" | "h-20";
  className?: string;
}

export function Waiting({ lines = 6, row = "h-11", className }: WaitingProps) {
  return (
    <div role="status" className={classes("after-a-moment", className)}>
      <span className="sr-only">Loading</span>
      <div aria-hidden="true">
        {Array.from({ length: lines }, (_, index) => (
          <div
            key={index}
            className={classes("flex flex-col justify-center gap-2 border-b border-line", row)}
          >
            <div className={classes("h-px bg-line-strong/60", WIDTHS[index % WIDTHS.length])} />
            <div className={classes("h-px bg-line", WIDTHS[(index + 2) % WIDTHS.length])} />
          </div>
        ))}
      </div>
      <p className="after-a-while mt-4 text-muted">Still working. The server is slow to answer.</p>
    </div>
  );
}
