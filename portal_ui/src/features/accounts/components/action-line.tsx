/** One action of an account: what it is, when it comes, how it stands. A click opens its draft beside the page. */
import { Link } from "@tanstack/react-router";
import type { ActionSummary, ActionType } from "@/client";
import { Knot } from "@/components/thread/knot";
import { DownStroke } from "@/components/thread/stroke";
import { classes } from "@/components/ui/classes";
import {
  AssetsIcon,
  CollectInfoIcon,
  DocumentsIcon,
  EmailIcon,
  type Icon,
  MeetingIcon,
  SlackIcon,
} from "@/components/ui/icons";
import { ActionState } from "@/features/actions/components/action-state";
import { lookOf } from "@/features/actions/model/states";
import { moment } from "@/lib/format";

const TYPES: Record<ActionType, { icon: Icon; word: string }> = {
  SEND_EMAIL: { icon: EmailIcon, word: "E-mail" },
  REQUEST_DOCS: { icon: DocumentsIcon, word: "Documents" },
  REQUEST_ASSETS: { icon: AssetsIcon, word: "Assets" },
  COLLECT_INFO: { icon: CollectInfoIcon, word: "Questions" },
  SCHEDULE_MEETING: { icon: MeetingIcon, word: "Meeting" },
  SLACK_MESSAGE: { icon: SlackIcon, word: "Slack message" },
};

interface ActionLineProps {
  action: ActionSummary;
  selected: boolean;
  /** Whom the customer's part is with. */
  customer: string;
  /** Nothing follows on the line. */
  ends: boolean;
  now: number;
}

export function ActionLine({ action, selected, customer, ends, now }: ActionLineProps) {
  const { icon: TypeIcon, word } = TYPES[action.type];
  const { knot } = lookOf(action);
  const passed = knot === "done" || knot === "skipped";
  return (
    <li className="relative">
      {!ends && <DownStroke line={passed ? "done" : "upcoming"} />}
      <Link
        to="/accounts/$accountId"
        params={{ accountId: action.account_id }}
        search={(old) => ({ ...old, open: action.key })}
        replace
        className={classes(
          "flex gap-3 rounded-control px-3 py-2.5",
          selected ? "bg-indigo-soft" : "hover:bg-sunken",
        )}
      >
        <span className="relative z-20 ms-0.5 me-0.5 mt-1.25 size-3.5 rounded-full bg-canvas">
          <Knot kind={knot} size={14} />
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-2">
            <TypeIcon size={16} strokeWidth={1.75} aria-label={word} className="shrink-0 text-muted" />
            <span className="truncate font-medium">{action.label}</span>
            {!action.required && <span className="shrink-0 text-caption text-muted">optional</span>}
          </span>
          <span className="block first-letter:uppercase text-small text-muted text-pretty">
            {whenOf(action, now)}
          </span>
        </span>
        <ActionState
          action={action}
          customer={customer}
          bare
          className="shrink-0 self-start text-small leading-5!"
        />
      </Link>
    </li>
  );
}

function whenOf(action: ActionSummary, now: number): string {
  if (action.status === "SCHEDULED" && action.due_at)
    return `${action.trigger}: ${moment(action.due_at, now)}`;
  return action.trigger;
}
