/** What stands in the way of sending, with a way to each: announced at once, the first one focused. */
import { plural } from "@/lib/format";
import { controlId } from "./field-parts";

export interface Obstacle {
  /** The key of the field, or another control's name. */
  key: string;
  label: string;
  message: string;
}

export function ErrorSummary({ obstacles }: { obstacles: Obstacle[] }) {
  if (obstacles.length === 0) return null;
  return (
    <div
      role="alert"
      className="rounded-control border-s-3 border-madder-line bg-madder-soft px-4 py-3 text-ink"
    >
      <h2 className="font-semibold text-madder-text">
        {plural(obstacles.length, "answer")} {obstacles.length === 1 ? "needs" : "need"} another look
      </h2>
      <ul className="mt-1 flex flex-col">
        {obstacles.map(({ key, label, message }) => (
          <li key={key} className="flex flex-wrap items-baseline gap-x-3">
            <a
              href={`#${controlId(key)}`}
              onClick={(event) => {
                event.preventDefault();
                goTo(key);
              }}
              className="py-1.5 text-pretty underline"
            >
              {label}
            </a>
            <span className="text-small text-muted">{message}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The focus goes to the control, which brings it into view. */
export function goTo(key: string): void {
  const control = document.getElementById(controlId(key));
  control?.scrollIntoView({ block: "center" });
  control?.focus({ preventScroll: true });
}
