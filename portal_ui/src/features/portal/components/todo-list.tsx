/** What else is for the customer to do, after the first thing. */
import { Link } from "wouter";
import { Knot } from "@/components/thread/knot";
import { OnIcon } from "@/components/ui/icons";
import { plural } from "@/lib/format";
import { dueOf, type Task } from "../model/urgency";

export function TodoList({ tasks, now }: { tasks: Task[]; now: number }) {
  return (
    <section aria-labelledby="others">
      <h2 id="others" className="mb-1 text-title font-semibold">
        {plural(tasks.length, "more thing")} for you
      </h2>
      <ul>
        {tasks.map((task) => {
          const due = dueOf(task, now);
          return (
            <li key={task.key} className="border-b border-line">
              <TaskLink task={task} className="-mx-2 flex items-center gap-3 rounded-control px-2 py-3">
                <Knot kind={task.status === "returned" ? "question" : "customer"} size={18} />
                <span className="min-w-0 flex-1">
                  <span className="block font-medium wrap-anywhere">{task.label}</span>
                  <span className={`block text-small ${due?.late ? "text-madder-text" : "text-muted"}`}>
                    {[due?.words, !task.required && "optional"].filter(Boolean).join(", ")}
                  </span>
                </span>
                {task.type === "COLLECT_INFO" && (
                  <OnIcon size={20} strokeWidth={1.75} aria-hidden="true" className="text-muted" />
                )}
              </TaskLink>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Only forms have a page of their own. */
export function TaskLink({
  task,
  className,
  children,
}: {
  task: Pick<Task, "key" | "type">;
  className: string;
  children: React.ReactNode;
}) {
  if (task.type !== "COLLECT_INFO") return <div className={className}>{children}</div>;
  return (
    <Link href={`/p/forms/${task.key}`} className={`${className} hover:bg-sunken`}>
      {children}
    </Link>
  );
}
