/** Accounts as a table; on a phone, as a list of the same facts. */
import { Link } from "@tanstack/react-router";
import type { AccountSummary } from "@/client";
import { ProgressLine } from "@/components/thread/progress-line";
import { StateLabel } from "@/components/thread/state-label";
import { waitsFor } from "@/features/handoffs/model/standing";
import { ago, moment, plural } from "@/lib/format";
import { lookOfAccount } from "../model/status";
import { NextActionCell } from "./next-action-cell";

interface AccountTableProps {
  accounts: AccountSummary[];
  now: number;
  /** The person is about to open this account. */
  onIntent: (accountId: string) => void;
}

const HEAD = "h-9 pe-4 text-small font-medium whitespace-nowrap text-muted";
const CELL = "h-11 border-t border-line pe-4 whitespace-nowrap";

export function AccountTable({ accounts, now, onIntent }: AccountTableProps) {
  return (
    <table className="w-full table-fixed border-collapse border-b border-line max-md:block">
      <caption className="sr-only">Accounts, newest change first</caption>
      <thead className="max-md:sr-only">
        <tr className="text-start *:text-start">
          <th className={`${HEAD} lg:w-42 2xl:w-72`}>Company</th>
          <th className={`${HEAD} w-26`}>Status</th>
          <th className={`${`${HEAD} w-29`} max-lg:hidden`}>Milestone</th>
          <th className={`${HEAD} w-30 2xl:w-42`}>Progress</th>
          <th className={HEAD}>Next</th>
          <th className={`${`${HEAD} w-25 2xl:w-40`} max-xl:hidden`}>CSM</th>
          <th className={`${`${HEAD} w-18`} text-end!`}>To review</th>
          <th className={`${`${HEAD} w-22`} pe-0! text-end! max-xl:hidden`}>Updated</th>
        </tr>
      </thead>
      <tbody className="max-md:block">
        {accounts.map((account) => (
          <Row key={account.id} account={account} now={now} onIntent={onIntent} />
        ))}
      </tbody>
    </table>
  );
}

/** On a phone a row is a small grid: name and status above, milestone and progress, then what is next. */
const PHONE_ROW =
  "max-md:grid max-md:grid-cols-[1fr_auto] max-md:gap-x-4 max-md:gap-y-1 max-md:border-t max-md:border-line max-md:py-3 " +
  "max-md:*:flex max-md:*:h-auto max-md:*:items-center max-md:*:border-0 max-md:*:pe-0";

function Row({ account, now, onIntent }: { account: AccountSummary } & Omit<AccountTableProps, "accounts">) {
  return (
    <tr className={`relative hover:bg-sunken ${PHONE_ROW}`} onPointerEnter={() => onIntent(account.id)}>
      <td className={`${CELL} min-w-0`}>
        {/* The link covers the row, so that all of it can be clicked and the name alone is read out. */}
        <Link
          to="/accounts/$accountId"
          params={{ accountId: account.id }}
          className="block truncate font-semibold outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
        >
          {account.company_name}
        </Link>
      </td>
      <td className={CELL}>
        <StateLabel {...lookOfAccount(account)} />
      </td>
      <td className={`${CELL} truncate max-lg:hidden max-md:text-muted`}>
        {account.milestone_name ?? (
          <span className="text-muted">{account.status === "LIVE" ? "All done" : "Not started"}</span>
        )}
      </td>
      <td className={`${CELL} max-md:justify-self-end`}>
        <ProgressLine percent={account.progress} label={`Progress of ${account.company_name}`} />
      </td>
      <td className={`${CELL} min-w-0 max-md:col-span-2`}>
        <NextActionCell
          waits={account.status === "PENDING_HANDOFF" ? waitsFor(undefined) : undefined}
          next={account.next_action}
          now={now}
        />
      </td>
      <td className={`${CELL} truncate max-xl:hidden!`}>
        {account.csm?.name ?? <span className="text-muted">Nobody yet</span>}
      </td>
      <td className={`${CELL} text-end tabular max-md:hidden!`}>
        {account.to_review > 0 && (
          <span className="font-semibold" aria-label={plural(account.to_review, "draft") + " to review"}>
            {account.to_review}
          </span>
        )}
      </td>
      <td
        className={`${CELL} pe-0! text-end text-small text-muted tabular max-xl:hidden!`}
        title={moment(account.updated_at, now)}
      >
        {ago(account.updated_at, now)}
      </td>
    </tr>
  );
}
