/** What is true, what it means, what to do: one block for a problem, a warning or a fact. */
import type { ReactNode } from "react";
import { classes } from "./classes";

type Tone = "madder" | "weld" | "woad" | "verdigris";

const TONES: Record<Tone, string> = {
  madder: "border-madder-line bg-madder-soft",
  weld: "border-weld-line bg-weld-soft",
  woad: "border-woad-line bg-woad-soft",
  verdigris: "border-verdigris-line bg-verdigris-soft",
};
const TITLES: Record<Tone, string> = {
  madder: "text-madder-text",
  weld: "text-weld-text",
  woad: "text-woad-text",
  verdigris: "text-verdigris-text",
};

interface NoticeProps {
  tone: Tone;
  title: string;
  children?: ReactNode;
  /** Buttons. */
  actions?: ReactNode;
  /** `alert` interrupts a screen reader: only for errors of the person's own action. */
  role?: "alert" | "status";
  className?: string;
}

export function Notice({ tone, title, children, actions, role, className }: NoticeProps) {
  return (
    <div
      role={role}
      className={classes("rounded-control border-s-3 px-4 py-3 text-ink", TONES[tone], className)}
    >
      <p className={classes("font-semibold", TITLES[tone])}>{title}</p>
      {children && <div className="mt-1 max-w-prose text-pretty">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
