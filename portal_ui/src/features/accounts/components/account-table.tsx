/** Accounts as a table; on a phone, as a list of the same facts. */
import { Link } from "@tanstack/react-router";
import type { AccountSummary } from "@/client";
import { ProgressLine } from "@/components/thread/progress-line";
import { StateLabel } from "@/components/thread/state-label";
import { moment, relative } from "@/lib/format";
import { ACCOUNT_STATUS } from "../model/status";
import { NextActionCell } from "./next-action-cell";

interface AccountTableProps {
  accounts: AccountSummary[];
  now: number;
  /** The person is about to open this account. */
  onIntent: (accountId: string) => void;
}

const HEAD = "pe-4 pb-2 text-start text-small font-medium text-muted whitespace-nowrap";
const CELL = "border-t border-line pe-4 py-2.5 align-middle";

export function AccountTable({ accounts, now, onIntent }: AccountTableProps) {
  return (
    <table className="w-full border-collapse border-b border-line max-md:block">
      <caption className="sr-only">Accounts, newest change first</caption>
      <thead className="max-md:sr-only">
        <tr>
          <th className={HEAD}>Company</th>
          <th className={HEAD}>Status</th>
          <th className={HEAD}>Progress</th>
          <th className={HEAD}>Next</th>
          <th className={`${HEAD} max-xl:hidden`}>CSM</th>
          <th className={`${HEAD} text-end`}>To review</th>
          <th className={`${HEAD} pe-0 text-end max-lg:hidden`}>Updated</th>
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

function Row({ account, now, onIntent }: { account: AccountSummary } & Omit<AccountTableProps, "accounts">) {
  return (
    <tr
      className="relative hover:bg-sunken/60 max-md:block max-md:border-t max-md:border-line max-md:py-3 max-md:*:block max-md:*:border-0 max-md:*:p-0"
      onPointerEnter={() => onIntent(account.id)}
    >
      <td className={`${CELL} max-w-72`}>
        {/* The link covers the row, so that all of it can be clicked and the name alone is read out. */}
        <Link
          to="/accounts/$accountId"
          params={{ accountId: account.id }}
          className="block truncate font-semibold after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring max-md:text-wrap"
        >
          {account.company_name}
        </Link>
      </td>
      <td className={`${CELL} max-md:mt-1`}>
        <StateLabel {...ACCOUNT_STATUS[account.status]} />
      </td>
      <td className={`${CELL} max-md:mt-2`}>
        <ProgressLine percent={account.progress} label={`Progress of ${account.company_name}`} />
        <span className="block text-small text-muted">{account.milestone_name ?? ""}</span>
      </td>
      <td className={`${CELL} max-w-64 max-md:mt-2`}>
        <NextActionCell next={account.next_action} now={now} />
      </td>
      <td className={`${CELL} whitespace-nowrap max-xl:hidden max-md:hidden!`}>
        {account.csm?.name ?? <span className="text-muted">Nobody yet</span>}
      </td>
      <td className={`${CELL} text-end tabular max-md:hidden!`}>
        {account.to_review > 0 ? (
          <span className="font-semibold">{account.to_review}</span>
        ) : (
          <span className="text-faint">0</span>
        )}
      </td>
      <td
        className={`${CELL} pe-0 text-end text-small whitespace-nowrap text-muted tabular max-lg:hidden max-md:hidden!`}
        title={moment(account.updated_at, now)}
      >
        {relative(account.updated_at, now)}
      </td>
    </tr>
  );
}
