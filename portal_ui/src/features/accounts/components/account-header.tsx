/** The top of an account: who it is, how it stands, and the line it is on. */
import { Link } from "@tanstack/react-router";
import type { AccountDetail } from "@/client";
import { PhaseLine } from "@/components/thread/phase-line";
import { StateLabel } from "@/components/thread/state-label";
import { day, relative } from "@/lib/format";
import { phaseOf } from "../model/phases";
import { lookOfAccount } from "../model/status";

export function AccountHeader({ account, now }: { account: AccountDetail; now: number }) {
  const actions = account.milestones.flatMap((milestone) => milestone.actions);
  const done = actions.filter(
    (action) => action.status === "COMPLETED" || action.status === "SKIPPED",
  ).length;
  return (
    <header className="px-4 pt-5 pb-8 md:px-8 md:pt-6">
      <Link to="/accounts" className="text-small text-muted hover:text-ink hover:underline">
        Accounts
      </Link>
      <div className="mt-1 mb-6 flex flex-wrap items-baseline gap-x-5 gap-y-1">
        <h1 className="text-page font-semibold wrap-anywhere">{account.company_name}</h1>
        <StateLabel {...lookOfAccount(account)} />
        <p className="text-muted">
          {account.progress} %, {done} of {actions.length} done
        </p>
        {account.go_live_target && (
          <p className="text-muted">
            Go-live {day(account.go_live_target, now)}, {relative(account.go_live_target, now)}
          </p>
        )}
      </div>
      <PhaseLine phases={account.milestones.map(phaseOf)} label="Milestones" />
    </header>
  );
}
