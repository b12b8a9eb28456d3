/** Loading, drawn as lines of the final shape: nothing at first, lines soon, a sentence when it takes long. */
import { classes } from "../ui/classes";

const WIDTHS = ["w-3/5", "w-4/5", "w-2/5", "w-3/4", "w-1/2"];

export function Waiting({ lines = 6, className }: { lines?: number; className?: string }) {
  return (
    <div role="status" className={classes("after-a-moment", className)}>
      <span className="sr-only">Loading</span>
      <div aria-hidden="true">
        {Array.from({ length: lines }, (_, index) => (
          <div key={index} className="flex h-13 flex-col justify-center gap-2 border-b border-line">
            <div className={classes("h-px bg-line-strong/60", WIDTHS[index % WIDTHS.length])} />
            <div className={classes("h-px bg-line", WIDTHS[(index + 2) % WIDTHS.length])} />
          </div>
        ))}
      </div>
      <p className="after-a-while mt-4 text-muted">Still working. The server is slow to answer.</p>
    </div>
  );
}
