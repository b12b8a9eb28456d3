/** A key's name, hidden from screen readers and touch screens: the command it belongs to says what it does. */
import { classes } from "./classes";

export function Kbd({ children, onSolid = false }: { children: string; onSolid?: boolean }) {
  return (
    <kbd
      aria-hidden="true"
      className={classes(
        "hidden min-w-5 justify-center rounded-chip border px-1 font-sans text-caption leading-4 font-medium fine:inline-flex",
        onSolid ? "border-current/40" : "border-line text-muted",
      )}
    >
      {children}
    </kbd>
  );
}
