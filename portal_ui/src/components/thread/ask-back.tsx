/** A question back, or a reason: one field that opens on a click, and the button that sends it. */
import { type FormEvent, useId, useState } from "react";
import { Button } from "../ui/button";
import { CONTROL } from "../ui/field";

interface AskBackProps {
  /** "What do you want to ask Tom?" */
  label: string;
  button: string;
  busy: boolean;
  onSend: (text: string) => void;
  onCancel: () => void;
}

const LONGEST = 2_000;

export function AskBack({ label, button, busy, onSend, onCancel }: AskBackProps) {
  const id = useId();
  const [text, setText] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) onSend(text.trim());
  };
  return (
    <form onSubmit={send} className="flex w-full max-w-prose flex-col gap-3">
      <div>
        <label htmlFor={id} className="mb-1 block text-small font-medium">
          {label}
        </label>
        <textarea
          id={id}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person has just asked for this field
          autoFocus
          required
          maxLength={LONGEST}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className={`${CONTROL} block field-sizing-content min-h-20 resize-none py-2`}
        />
      </div>
      <div className="flex gap-2">
        <Button type="submit" weight="primary" disabled={busy || !text.trim()}>
          {button}
        </Button>
        <Button weight="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
