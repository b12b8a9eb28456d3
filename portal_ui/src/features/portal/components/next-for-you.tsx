/** The one most urgent thing, with its button in the card. */
import { Link } from "wouter";
import type { PortalHome } from "@/client";
import { buttonClasses } from "@/components/ui/button";
import { dueOf, type Task } from "../model/urgency";

interface NextForYouProps {
  task: Task;
  portal: PortalHome;
  now: number;
}

export function NextForYou({ task, portal, now }: NextForYouProps) {
  const due = dueOf(task, now);
  const who = portal.csm?.name.split(" ")[0] ?? "Your contact";
  return (
    <section
      aria-labelledby="next"
      className="rounded-card bg-surface p-5 ring-1 ring-line [border-inline-start:4px_solid_var(--color-indigo)]"
    >
      <p className="text-small font-medium text-indigo-text">Next for you</p>
      <h2 id="next" className="mt-1 text-title font-semibold wrap-anywhere">
        {task.label}
      </h2>
      {due && (
        <p className={`mt-1 tabular ${due.late ? "font-medium text-madder-text" : "text-muted"}`}>
          {due.words}
        </p>
      )}
      {task.note && (
        <blockquote className="mt-3 rounded-control bg-weld-soft px-4 py-3 text-pretty whitespace-pre-line wrap-anywhere">
          <p className="text-small font-medium text-weld-text">{who} asks</p>
          {task.note}
        </blockquote>
      )}
      <Doorway task={task} role={portal.me.role} who={who} />
    </section>
  );
}

function Doorway({ task, role, who }: { task: Task; role: string; who: string }) {
  if (task.type !== "COLLECT_INFO") {
    return <p className="mt-3 text-pretty text-muted">{who} is in touch with you about this by e-mail.</p>;
  }
  if (role === "portal_viewer") {
    return (
      <p className="mt-3 text-pretty text-muted">
        A colleague of yours fills this in.{" "}
        <Link href={`/p/forms/${task.key}`} className="text-indigo-text underline">
          Look at the questions
        </Link>
      </p>
    );
  }
  return (
    <Link
      href={`/p/forms/${task.key}`}
      className={buttonClasses("primary", "mt-5 w-full sm:w-auto sm:min-w-48")}
    >
      {task.status === "returned" ? "Answer again" : "Fill it in"}
    </Link>
  );
}
