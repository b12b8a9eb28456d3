/** One account: its line of milestones, every action with its state, and the facts; a draft opens beside them. */
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { FailedRead } from "@/components/thread/failed-read";
import { Waiting } from "@/components/thread/waiting";
import { ActionReview } from "@/features/actions/components/action-review";
import { useHotkeys } from "@/lib/use-hotkeys";
import { useNow } from "@/lib/use-now";
import { useTitle } from "@/lib/use-title";
import { useAccount } from "../api/read-account";
import { AccountFacts } from "./account-facts";
import { AccountHeader } from "./account-header";
import { MilestoneSection } from "./milestone-section";

export function AccountPage() {
  const { accountId } = useParams({ from: "/accounts/$accountId" });
  const { open } = useSearch({ from: "/accounts/$accountId" });
  const navigate = useNavigate({ from: "/accounts/$accountId" });
  const { data: account, error, isPending, refetch } = useAccount(accountId);
  const now = useNow(30_000);
  useTitle(account?.company_name ?? "Account");
  const close = () => void navigate({ search: {}, replace: true });
  useHotkeys({ escape: open ? close : undefined });

  if (isPending) return <Waiting lines={7} className="p-8" />;
  if (!account) {
    return <FailedRead what="this account" error={error} onRetry={() => refetch()} className="m-8" />;
  }
  return (
    <div className="flex h-full">
      <div className={`@container min-w-0 flex-1 overflow-y-auto ${open ? "max-xl:hidden" : ""}`}>
        <AccountHeader account={account} now={now} />
        <div className="flex flex-col gap-x-12 gap-y-10 px-4 pb-12 md:px-8 @3xl:flex-row">
          <div className="-mx-3 min-w-0 flex-1">
            {account.milestones.map((milestone, index) => (
              <MilestoneSection
                key={milestone.key}
                milestone={milestone}
                open={open}
                isLast={index === account.milestones.length - 1}
                now={now}
              />
            ))}
          </div>
          <AccountFacts account={account} now={now} />
        </div>
      </div>
      {open && (
        <div className="slide-in min-w-0 flex-1 border-line xl:max-w-140 xl:border-s">
          <ActionReview
            key={open}
            id={{ account_id: accountId, key: open }}
            onApproved={() => {}}
            onClose={close}
          />
        </div>
      )}
    </div>
  );
}
