/** One account: its line of milestones, every action with its state, the handoff, the facts; a draft opens beside them. */
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { AccountDetail } from "@/client";
import { FailedRead } from "@/components/thread/failed-read";
import { Waiting } from "@/components/thread/waiting";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import { ActionReview } from "@/features/actions/components/action-review";
import { HandoffSection } from "@/features/handoffs/components/handoff-section";
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
  const close = () => void navigate({ search: ({ tab }) => (tab ? { tab } : {}), replace: true });
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
          <AccountTabs account={account} now={now} />
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

const TABS = [
  { value: "plan" as const, label: "Implementation" },
  { value: "handoff" as const, label: "Handoff" },
];

/** Until an account is handed over, the handoff is what matters of it. */
function AccountTabs({ account, now }: { account: AccountDetail; now: number }) {
  const { open, tab } = useSearch({ from: "/accounts/$accountId" });
  const navigate = useNavigate({ from: "/accounts/$accountId" });
  const before = account.status === "SETUP" || account.status === "PENDING_HANDOFF";
  const hasHandoff = account.handoff_status !== null;
  return (
    <Tabs
      value={hasHandoff ? (tab ?? (before ? "handoff" : "plan")) : "plan"}
      onChange={(next) => void navigate({ search: (old) => ({ ...old, tab: next }), replace: true })}
      label="Account"
      tabs={hasHandoff ? TABS : []}
      className="flex min-w-0 flex-1 flex-col gap-4"
    >
      <TabPanel value="plan" className="-mx-3">
        {account.milestones.map((milestone, index) => (
          <MilestoneSection
            key={milestone.key}
            milestone={milestone}
            open={open}
            isLast={index === account.milestones.length - 1}
            customer={account.contact_name.split(" ")[0] || account.company_name}
            now={now}
          />
        ))}
      </TabPanel>
      <TabPanel value="handoff">
        <HandoffSection accountId={account.id} now={now} />
      </TabPanel>
    </Tabs>
  );
}
