/** A milestone and its actions, strung on the account's line. */
import type { MilestoneDetail } from "@/client";
import { Knot } from "@/components/thread/knot";
import { DownStroke } from "@/components/thread/stroke";
import { phaseOf } from "../model/phases";
import { ActionLine } from "./action-line";

interface MilestoneSectionProps {
  milestone: MilestoneDetail;
  /** The key of the action that is open beside the page. */
  open: string | undefined;
  isLast: boolean;
  customer: string;
  now: number;
}

export function MilestoneSection({ milestone, open, isLast, customer, now }: MilestoneSectionProps) {
  const { knot, line, word } = phaseOf(milestone);
  const { actions } = milestone;
  return (
    <section>
      <div className="relative flex gap-3 px-3 py-2">
        {(actions.length > 0 || !isLast) && <DownStroke line={line} />}
        <span className="relative z-20 mt-1.25 self-start rounded-full bg-canvas">
          <Knot kind={knot} size={18} />
        </span>
        <div className="min-w-0">
          <h2 className="flex flex-wrap items-baseline gap-x-3 text-title font-semibold">
            {milestone.name}
            <span className="text-small font-normal text-muted">{word}</span>
          </h2>
          {milestone.internal_description && (
            <p className="max-w-prose text-muted text-pretty">{milestone.internal_description}</p>
          )}
        </div>
      </div>
      <ol className={isLast ? "" : "*:last:pb-5"}>
        {actions.map((action, index) => (
          <ActionLine
            key={action.key}
            action={action}
            selected={action.key === open}
            customer={customer}
            ends={isLast && index === actions.length - 1}
            now={now}
          />
        ))}
      </ol>
    </section>
  );
}
