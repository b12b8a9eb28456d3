/** The browser's own list of choices, labelled for screen readers and dressed like the other controls. */
import type { ComponentProps } from "react";
import { classes } from "./classes";
import { ChoicesIcon } from "./icons";

interface SelectProps extends ComponentProps<"select"> {
  label: string;
}

export function Select({ label, className, children, ...select }: SelectProps) {
  return (
    <span className={classes("relative inline-block", className)}>
      <select
        aria-label={label}
        className="h-8 w-full appearance-none rounded-control bg-surface ps-3 pe-8 font-medium text-ink ring-1 ring-line-strong/60 ring-inset hover:bg-sunken coarse:h-11 coarse:text-touch"
        {...select}
      >
        {children}
      </select>
      <ChoicesIcon
        size={16}
        strokeWidth={1.75}
        aria-hidden="true"
        className="pointer-events-none absolute end-2.5 top-1/2 -translate-y-1/2 text-muted"
      />
    </span>
  );
}
