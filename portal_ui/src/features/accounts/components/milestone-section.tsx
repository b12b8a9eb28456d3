/** A milestone and its actions, strung on the line. */
import type { MilestoneDetail } from "@/client";
import { ActionLine } from "./action-line";

interface MilestoneSectionProps {
  milestone: MilestoneDetail;
  /** The key of the action that is open beside the page. */
  open: string | undefined;
  now: number;
}

export function MilestoneSection({ milestone, open, now }: MilestoneSectionProps) {
  return (
    <section className="mb-8">
      <h2 className="text-title font-semibold">{milestone.name}</h2>
      {milestone.internal_description && (
        <p className="mb-2 max-w-prose text-muted text-pretty">{milestone.internal_description}</p>
      )}
      {milestone.actions.length === 0 ? (
        <p className="text-muted">No actions in this milestone.</p>
      ) : (
        <ol className="-mx-3">
          {milestone.actions.map((action, index) => (
            <ActionLine
              key={action.key}
              action={action}
              selected={action.key === open}
              isLast={index === milestone.actions.length - 1}
              now={now}
            />
          ))}
        </ol>
      )}
    </section>
  );
}
