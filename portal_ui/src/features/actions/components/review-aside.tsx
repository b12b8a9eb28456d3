/** Beside the draft: why it is here now, what was checked, who did what and when. */
import type { ReactNode } from "react";
import type { ActionDetail, DraftVersion } from "@/client";
import { CheckIcon, CloseIcon } from "@/components/ui/icons";
import { moment } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { type Check, checksOf } from "../model/checks";

/** States that follow an approval; before it, `decided_by` names whoever edited or recalled last. */
const APPROVED: ReadonlySet<string> = new Set([
  "APPROVED",
  "EXECUTING",
  "EXECUTED",
  "COMPLETED",
  "UNCERTAIN",
]);

export function ReviewAside({ action }: { action: ActionDetail }) {
  const now = useNow(30_000);
  // Whoever decided last is then the customer, or whoever decided on their answers.
  const answered = action.response === "submitted" || action.response === "returned";
  const versions = action.versions.toSorted((a, b) => b.revision - a.revision);
  return (
    <aside
      aria-label="About this draft"
      className="flex flex-col gap-6 border-line px-4 py-5 max-@2xl:border-t @2xl:w-66 @2xl:shrink-0 @2xl:overflow-y-auto @2xl:border-s @2xl:px-5 @5xl:w-76"
    >
      <Block title="Why now">
        <p className="text-pretty">{action.why}</p>
      </Block>
      {action.draft && action.status === "READY" && (
        <Block title="Checks">
          <ul className="flex flex-col gap-2">
            {checksOf(action.draft).map((check) => (
              <CheckLine key={check.text} check={check} />
            ))}
          </ul>
        </Block>
      )}
      <Block title="History">
        <ol className="flex flex-col gap-2">
          {action.decided_by && APPROVED.has(action.status) && !answered && (
            <li>Approved by {action.decided_by}</li>
          )}
          {versions.map((version) => (
            <li key={version.revision}>
              <p>
                {authorOf(version)}
                <span className="text-muted">, version {version.revision}</span>
              </p>
              <p className="text-small text-muted tabular">{moment(version.created_at, now)}</p>
            </li>
          ))}
        </ol>
      </Block>
    </aside>
  );
}

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1.5 text-small font-medium text-muted">{title}</h3>
      {children}
    </section>
  );
}

function CheckLine({ check }: { check: Check }) {
  const Shape = check.passed ? CheckIcon : CloseIcon;
  return (
    <li className="flex gap-2">
      <Shape
        size={16}
        strokeWidth={2.25}
        aria-hidden="true"
        className={`mt-0.5 shrink-0 ${check.passed ? "text-verdigris" : "text-madder"}`}
      />
      <div className="min-w-0 wrap-anywhere">
        <p className={check.passed ? "" : "font-medium text-madder-text"}>
          <span className="sr-only">{check.passed ? "Passed: " : "Blocks approval: "}</span>
          {check.text}
        </p>
        {check.advice && <p className="mt-0.5 text-small text-muted">{check.advice}</p>}
      </div>
    </li>
  );
}

function authorOf({ author, origin }: DraftVersion): string {
  if (author) return `Edited by ${author}`;
  return origin === "ai" ? "Draft by AI" : "From the template";
}
