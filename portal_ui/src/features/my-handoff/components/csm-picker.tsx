/** Who takes the customer over: everybody who can, with what they have in hand and what time it is there. */
import type { RosterEntry } from "@/client";
import { controlId } from "@/features/forms/components/field-parts";
import { plural, timeIn } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { byLoad, CSM } from "../model/review";

interface CsmPickerProps {
  roster: RosterEntry[];
  chosen: string | undefined;
  problem: string | undefined;
  onChoose: (id: string) => void;
}

export function CsmPicker({ roster, chosen, problem, onChoose }: CsmPickerProps) {
  const now = useNow(30_000);
  return (
    <fieldset className="border-t border-line py-7" aria-describedby={problem ? "csm-problem" : undefined}>
      <legend className="sr-only">Who takes over?</legend>
      <h2 aria-hidden="true" className="text-title font-semibold">
        Who takes over?
      </h2>
      <p className="mt-1 mb-3 text-muted">They are told when you hand over, and may ask you back.</p>
      {roster.length === 0 && <p>Nobody can take over now. Ask the onboarding team to add a CSM.</p>}
      <div className="flex flex-col gap-2">
        {byLoad(roster).map((entry, index) => {
          const there = timeIn(entry.time_zone, now);
          return (
            <label
              key={entry.id}
              className={`flex min-h-14 items-center gap-3 rounded-control bg-surface px-3 py-2 ring-1 ring-inset has-checked:bg-indigo-soft has-checked:ring-2 has-checked:ring-indigo-line has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring ${problem ? "ring-madder-line" : "ring-line-strong"}`}
            >
              <input
                type="radio"
                name="csm"
                id={index === 0 ? controlId(CSM) : undefined}
                checked={chosen === entry.id}
                onChange={() => onChoose(entry.id)}
                className="size-4.5 shrink-0 accent-indigo outline-none"
              />
              <span className="min-w-0 flex-1 font-medium wrap-anywhere">{entry.name}</span>
              <span className="shrink-0 text-end text-small text-muted tabular">
                {entry.accounts === 0 ? "No accounts now" : `${plural(entry.accounts, "account")} now`}
                {there && <span className="block">{there} there</span>}
              </span>
            </label>
          );
        })}
      </div>
      {problem && (
        <p id="csm-problem" className="mt-1.5 text-small font-medium text-madder-text">
          {problem}
        </p>
      )}
    </fieldset>
  );
}
