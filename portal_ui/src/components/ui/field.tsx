/** A labelled text field with its error beneath it, tied together for screen readers. */
import { type ComponentProps, useId } from "react";
import { classes } from "./classes";

export const CONTROL =
  "w-full rounded-control bg-surface px-3 text-body coarse:text-touch text-ink ring-1 ring-inset ring-line-strong " +
  "placeholder:text-faint focus-visible:outline-2 focus-visible:outline-offset-0 " +
  "aria-invalid:ring-madder-line";

interface FieldProps extends ComponentProps<"input"> {
  label: string;
  error?: string | undefined;
}

export function Field({ label, error, className, ...input }: FieldProps) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-small font-medium">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        className={classes(CONTROL, "h-10 coarse:h-11")}
        {...input}
      />
      {error && (
        <p id={`${id}-error`} className="mt-1 text-small text-madder-text">
          {error}
        </p>
      )}
    </div>
  );
}
