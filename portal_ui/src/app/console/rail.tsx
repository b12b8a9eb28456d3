/** Where one can go, and how much waits there: a rail beside the screen, a bar beneath it on a phone. */
import { Link } from "@tanstack/react-router";
import { Mark } from "@/components/thread/mark";
import { AccountsIcon, AttentionIcon, type Icon, InboxIcon } from "@/components/ui/icons";
import { useInboxCount } from "@/features/actions/api/list-actions";
import { useAttention } from "@/features/attention/api/list-attention";
import { useMe } from "@/features/session/api/read-session";
import { plural } from "@/lib/format";
import { MemberMenu } from "./member-menu";

export function Rail({ onShortcuts }: { onShortcuts: () => void }) {
  const { organization } = useMe();
  const toReview = useInboxCount();
  const attention = useAttention().data?.items.length;
  return (
    <nav
      aria-label="Console"
      className="flex shrink-0 border-line bg-canvas max-md:border-t md:w-16 md:flex-col md:border-e md:py-4 lg:w-52"
    >
      <div className="mb-5 hidden items-center gap-2.5 px-5 md:flex max-lg:justify-center max-lg:px-0">
        <Mark />
        <span title={organization.name} className="truncate font-semibold max-lg:sr-only">
          {organization.name}
        </span>
      </div>
      <ul className="flex flex-1 max-md:justify-around md:flex-col md:gap-0.5 md:px-2.5">
        <Place to="/inbox" icon={InboxIcon} name="Inbox" count={toReview} counted="to review" />
        <Place to="/accounts" icon={AccountsIcon} name="Accounts" />
        <Place to="/attention" icon={AttentionIcon} name="Attention" count={attention} counted="waiting" />
      </ul>
      <MemberMenu onShortcuts={onShortcuts} />
    </nav>
  );
}

interface PlaceProps {
  to: "/inbox" | "/accounts" | "/attention";
  icon: Icon;
  name: string;
  count?: number | undefined;
  counted?: string;
}

function Place({ to, icon: PlaceIcon, name, count = 0, counted = "" }: PlaceProps) {
  return (
    <li>
      <Link
        to={to}
        activeProps={{ className: "font-semibold text-indigo-text lg:bg-line/60 lg:text-ink" }}
        inactiveProps={{ className: "text-muted hover:bg-sunken hover:text-ink" }}
        className="relative flex items-center gap-3 rounded-control px-2.5 max-lg:flex-col max-lg:gap-0.5 max-lg:px-3 max-lg:py-2 max-lg:text-caption lg:h-9"
      >
        <PlaceIcon size={18} strokeWidth={1.75} aria-hidden="true" />
        <span className="flex-1">{name}</span>
        {count > 0 && (
          <span className="min-w-5 rounded-full bg-indigo px-1.5 text-center text-caption font-semibold text-indigo-on tabular max-lg:absolute max-lg:start-1/2 max-lg:top-0.5 max-lg:ms-1">
            <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
            <span className="sr-only">{plural(count, counted, counted)}</span>
          </span>
        )}
      </Link>
    </li>
  );
}
