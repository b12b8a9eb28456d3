/** The onboarding as a thread from top to bottom: a knot for each phase, a bead for each thing to do. */
import type { PortalMilestone, PortalTask, PortalView } from "@/client";
import { Knot } from "@/components/thread/knot";
import { OnIcon } from "@/components/ui/icons";
import { DownStroke } from "@/components/thread/stroke";
import { phaseLook, taskLook } from "../model/phases";
import { TaskLink } from "./todo-list";

export function PhaseThread({ view, csm }: { view: PortalView; csm: string | undefined }) {
  if (view.milestones.length === 0) return null;
  const first = csm?.split(" ")[0];
  return (
    <section aria-labelledby="thread">
      <h2 id="thread" className="mb-3 text-title font-semibold">
        From start to go-live
      </h2>
      <ol className="-mx-3">
        {view.milestones.map((milestone, index) => (
          <Phase
            key={milestone.key}
            milestone={milestone}
            isLast={index === view.milestones.length - 1}
            csm={first}
          />
        ))}
      </ol>
    </section>
  );
}

interface PhaseProps {
  milestone: PortalMilestone;
  isLast: boolean;
  csm: string | undefined;
}

function Phase({ milestone, isLast, csm }: PhaseProps) {
  const { knot, line, word, dates } = phaseLook(milestone);
  const { tasks } = milestone;
  const ahead = milestone.status === "NOT_STARTED";
  return (
    <li>
      <div className="relative flex gap-3 px-3 pt-2 pb-3">
        {(tasks.length > 0 || !isLast) && <DownStroke line={line} />}
        <span className="relative z-20 mt-1.25 self-start rounded-full bg-canvas">
          <Knot kind={knot} size={18} />
        </span>
        <div className="min-w-0">
          <h3 className="flex flex-wrap items-baseline gap-x-3">
            <span className={`font-semibold wrap-anywhere ${ahead ? "text-muted" : ""}`}>
              {milestone.name}
            </span>
            <span
              className={`text-small ${knot === "customer" ? "font-medium text-indigo-text" : "text-muted"}`}
            >
              {word}
            </span>
          </h3>
          {dates && <p className="text-small text-muted tabular">{dates}</p>}
          {milestone.description && <p className="mt-0.5 text-pretty text-muted">{milestone.description}</p>}
        </div>
      </div>
      {tasks.length > 0 && (
        <ul>
          {tasks.map((task, index) => (
            <Bead key={task.key} task={task} ends={isLast && index === tasks.length - 1} csm={csm} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Bead({ task, ends, csm }: { task: PortalTask; ends: boolean; csm: string | undefined }) {
  const { knot, word } = taskLook(task, csm);
  return (
    <li className="relative last:pb-2">
      {!ends && <DownStroke line={knot === "done" ? "done" : "upcoming"} />}
      <TaskLink task={task} className="flex gap-3 rounded-control px-3 py-2.5">
        <span className="relative z-20 ms-0.5 me-0.5 mt-1.25 size-3.5 self-start rounded-full bg-canvas">
          <Knot kind={knot} size={14} />
        </span>
        <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-3">
          <span className="wrap-anywhere">{task.label}</span>
          <span className="text-small text-muted">{word}</span>
        </span>
        {task.type === "COLLECT_INFO" && (
          <OnIcon size={20} strokeWidth={1.75} aria-hidden="true" className="mt-0.5 text-muted" />
        )}
      </TaskLink>
    </li>
  );
}
