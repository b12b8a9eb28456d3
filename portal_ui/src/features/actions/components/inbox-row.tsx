/** One action in the inbox: whose it is, what it says, how it stands. */
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { ActionSummary } from "@/client";
import { classes } from "@/components/ui/classes";
import { moment } from "@/lib/format";
import { useDecisionAbout } from "../api/decide";
import { hasAnswers } from "../model/states";
import { ActionState } from "./action-state";
import { RecallButton } from "./recall-button";

interface InboxRowProps {
  action: ActionSummary;
  selected: boolean;
  now: number;
}

export function InboxRow({ action, selected, now }: InboxRowProps) {
  const decision = useDecisionAbout(action);
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (selected) follow(link.current);
  }, [selected]);
  const answers = hasAnswers(action);
  const inMotion = action.status !== "READY" || decision?.phase === "accepted";
  return (
    <li
      className={classes(
        "relative border-b border-line",
        selected ? "bg-indigo-soft" : "hover:bg-sunken",
        decision?.phase === "asking" && "opacity-70",
      )}
    >
      {selected && <span aria-hidden="true" className="absolute inset-y-0 start-0 w-0.75 bg-indigo" />}
      <Link
        ref={link}
        to="/inbox/$accountId/$actionKey"
        params={{ accountId: action.account_id, actionKey: action.key }}
        search={true}
        className="block px-4 py-2.5 focus-visible:-outline-offset-2"
      >
        <span className="flex items-baseline justify-between gap-3">
          <span className="min-w-0 truncate font-semibold">{action.company_name}</span>
          {answers && action.updated_at && (
            <span className="shrink-0 text-caption text-muted tabular">{moment(action.updated_at, now)}</span>
          )}
          {!inMotion && action.due_at && (
            <span className="shrink-0 text-caption text-muted tabular">{moment(action.due_at, now)}</span>
          )}
        </span>
        <span className={classes("block truncate", action.status === "APPROVED" && "pe-24")}>
          {answers ? action.label : action.subject || action.label}
        </span>
        <span className="flex h-5 items-center justify-between gap-3 text-small text-muted">
          {inMotion ? (
            <ActionState action={action} className="text-small" />
          ) : (
            <span className="truncate">
              {action.subject ? `${action.milestone_name} · ${action.label}` : action.milestone_name}
            </span>
          )}
        </span>
      </Link>
      {action.status === "APPROVED" && (
        <RecallButton action={action} className="absolute end-3 bottom-1.5 h-7! px-2! text-small" />
      )}
    </li>
  );
}

/** J and K move the selection: it stays in view, and the focus goes along when it was on another row. */
function follow(row: HTMLElement | null): void {
  row?.scrollIntoView({ block: "nearest" });
  const focused = document.activeElement;
  if (focused !== row && focused?.closest("li")?.parentElement?.closest("[data-rows]")) row?.focus();
}
