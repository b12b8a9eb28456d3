/** The browser's own list of choices, labelled for screen readers and dressed like the other controls. */
import type { ComponentProps } from "react";
import { classes } from "./classes";

interface SelectProps extends ComponentProps<"select"> {
  label: string;
}

export function Select({ label, className, children, ...select }: SelectProps) {
  return (
    <select
      aria-label={label}
      className={classes(
        "h-8 rounded-control bg-surface ps-3 pe-2 font-medium text-ink ring-1 ring-line-strong/60 ring-inset coarse:h-11 coarse:text-touch",
        className,
      )}
      {...select}
    >
      {children}
    </select>
  );
}
