/** One field for an e-mail address, and the button that sends a link there. */
import { type FormEvent, useState } from "react";
import { Button } from "../ui/button";
import { Field } from "../ui/field";

interface EmailFormProps {
  button: string;
  busy: boolean;
  error?: string | undefined;
  onSend: (email: string) => void;
}

export function EmailForm({ button, busy, error, onSend }: EmailFormProps) {
  const [email, setEmail] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSend(email.trim());
  };
  return (
    <form onSubmit={send} className="flex flex-col gap-3">
      <Field
        label="Your e-mail address"
        type="email"
        name="email"
        autoComplete="email"
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={error}
      />
      <Button type="submit" weight="primary" disabled={busy}>
        {button}
      </Button>
    </form>
  );
}
