/** One action of an account: what it is, when it comes, how it stands. A click opens its draft beside the page. */
import { Link } from "@tanstack/react-router";
import type { ActionSummary, ActionType } from "@/client";
import { Knot } from "@/components/thread/knot";
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
  isLast: boolean;
  now: number;
}

export function ActionLine({ action, selected, isLast, now }: ActionLineProps) {
  const { icon: TypeIcon, word } = TYPES[action.type];
  const { knot } = lookOf(action);
  const passed = knot === "done" || knot === "skipped";
  return (
    <li className="relative">
      {!isLast && (
        <svg aria-hidden="true" className="absolute start-4.5 top-6 z-10 h-full w-1">
          <line
            x1="2"
            x2="2"
            y1="0"
            y2="100%"
            strokeWidth={passed ? 2.5 : 1.5}
            strokeDasharray={passed ? undefined : "4 5"}
            className={passed ? "stroke-verdigris" : "stroke-line-strong"}
          />
        </svg>
      )}
      <Link
        to="/accounts/$accountId"
        params={{ accountId: action.account_id }}
        search={{ open: action.key }}
        replace
        aria-current={selected ? "true" : undefined}
        className={classes(
          "flex gap-3 rounded-control px-3 py-2.5",
          selected ? "bg-indigo-soft" : "hover:bg-sunken/70",
        )}
      >
        <span className="relative z-20 mt-0.5">
          <Knot kind={knot} />
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-2">
            <TypeIcon size={16} strokeWidth={1.75} aria-label={word} className="shrink-0 text-muted" />
            <span className="truncate font-medium">{action.label}</span>
            {!action.required && <span className="shrink-0 text-caption text-muted">optional</span>}
          </span>
          <span className="block text-small text-muted text-pretty tabular">{whenOf(action, now)}</span>
        </span>
        <ActionState action={action} className="self-start text-small leading-5!" />
      </Link>
    </li>
  );
}

function whenOf(action: ActionSummary, now: number): string {
  if (action.status === "SCHEDULED" && action.due_at)
    return `${action.trigger}: ${moment(action.due_at, now)}`;
  return action.trigger;
}
