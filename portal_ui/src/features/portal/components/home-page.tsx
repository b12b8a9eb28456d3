/** Where we are, what you need to do, what we are doing, what's next. */
import type { PortalHome } from "@/client";
import { usePageTitle } from "@/components/public/use-page-title";
import { JourneyLine } from "@/components/thread/journey-line";
import { day, plural, relative } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { segmentsOf, standingOf } from "../model/standing";
import { todoOf } from "../model/urgency";
import { DoingNow } from "./doing-now";
import { NextForYou } from "./next-for-you";
import { PhaseThread } from "./phase-thread";
import { PortalFrame } from "./portal-frame";
import { TodoList } from "./todo-list";

export function HomePage({ portal }: { portal: PortalHome }) {
  const { view, organization, csm } = portal;
  const now = useNow(30_000);
  const { next, others } = todoOf(view.todo);
  usePageTitle("Your onboarding", organization.name);
  return (
    <PortalFrame portal={portal}>
      <div className="flex flex-col gap-9">
        <WhereWeAre portal={portal} now={now} />
        {next ? (
          <NextForYou task={next} portal={portal} now={now} />
        ) : (
          view.status === "ACTIVE" && (
            <section aria-labelledby="nothing">
              <h2 id="nothing" className="text-title font-semibold">
                Nothing for you to do now
              </h2>
              <p className="mt-1 text-muted">We write to you when there is.</p>
            </section>
          )
        )}
        {others.length > 0 && <TodoList tasks={others} now={now} />}
        {view.status === "ACTIVE" && <DoingNow view={view} csm={csm?.name} />}
        <PhaseThread view={view} csm={csm?.name} />
      </div>
    </PortalFrame>
  );
}

function WhereWeAre({ portal, now }: { portal: PortalHome; now: number }) {
  const { view, csm, organization, go_live_target } = portal;
  const { sentence, more } = standingOf(view, csm?.name, now);
  const done = view.milestones.filter(({ status }) => status === "COMPLETED").length;
  const aims = go_live_target && (view.status === "ACTIVE" || view.status === "PENDING_HANDOFF");
  return (
    <section>
      <h1 className="text-display font-semibold">{sentence}</h1>
      {view.milestones.length > 0 && view.status !== "CANCELLED" && (
        <div className="mt-5">
          <JourneyLine
            percent={view.progress}
            words={`${view.progress} %, ${done} of ${plural(view.milestones.length, "phase")} done`}
            segments={segmentsOf(view)}
          />
        </div>
      )}
      {(aims || more) && (
        <p className="mt-3 text-pretty text-muted">
          {more}
          {aims && `${more ? " " : ""}Go-live ${day(go_live_target, now)}, ${relative(go_live_target, now)}.`}
        </p>
      )}
      {organization.portal_intro && (
        <p className="mt-4 text-pretty whitespace-pre-line">{organization.portal_intro}</p>
      )}
    </section>
  );
}
