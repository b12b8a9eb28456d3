/** A button in four weights; at most one `primary` in a region of the screen. */
import type { ComponentProps } from "react";
import { classes } from "./classes";
import { Kbd } from "./kbd";

type Weight = "primary" | "secondary" | "quiet" | "danger";

const WEIGHTS: Record<Weight, string> = {
  primary: "bg-indigo text-indigo-on hover:bg-indigo-text active:bg-indigo-text",
  secondary: "bg-surface text-ink ring-1 ring-inset ring-line-strong/60 hover:bg-sunken active:bg-line",
  quiet: "text-ink hover:bg-sunken active:bg-line",
  danger: "bg-surface text-madder-text ring-1 ring-inset ring-madder-line hover:bg-madder-soft",
};

const SHAPE =
  "inline-flex h-8 coarse:h-11 items-center justify-center gap-2 rounded-control px-3 font-medium whitespace-nowrap " +
  "transition-colors duration-80 disabled:bg-sunken disabled:text-faint disabled:ring-0 disabled:cursor-not-allowed " +
  "aria-disabled:bg-sunken aria-disabled:text-faint aria-disabled:cursor-not-allowed";

interface ButtonProps extends ComponentProps<"button"> {
  weight?: Weight;
  /** The key that does the same, shown beside the words where there is a keyboard. */
  hotkey?: string;
}

export function Button({
  weight = "secondary",
  hotkey,
  className,
  children,
  type = "button",
  ...rest
}: ButtonProps) {
  return (
    <button type={type} className={classes(SHAPE, WEIGHTS[weight], className)} {...rest}>
      {children}
      {hotkey && <Kbd onSolid={weight === "primary"}>{hotkey}</Kbd>}
    </button>
  );
}

/** The look of a button for links. */
export function buttonClasses(weight: Weight = "secondary", className?: string): string {
  return classes(SHAPE, WEIGHTS[weight], className);
}
