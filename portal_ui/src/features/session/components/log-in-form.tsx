/** E-mail and password, with what was wrong with them. */
import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import type { Problem } from "@/lib/problem";

interface LogInFormProps {
  email: string;
  password: string;
  onEmail: (email: string) => void;
  onPassword: (password: string) => void;
  problem: Problem | null;
  busy: boolean;
  onSubmit: () => void;
}

export function LogInForm(props: LogInFormProps) {
  const { problem, busy } = props;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        required
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page is this form and nothing else
        autoFocus
        value={props.email}
        onChange={(event) => props.onEmail(event.target.value)}
        error={problem?.field("email")}
      />
      <Field
        label="Password"
        type="password"
        name="password"
        autoComplete="current-password"
        required
        value={props.password}
        onChange={(event) => props.onPassword(event.target.value)}
        error={problem?.field("password")}
      />
      {problem && <Notice tone="madder" role="alert" title={problem.message} />}
      <Button type="submit" weight="primary" className="h-10" disabled={busy}>
        {busy ? "Logging in" : "Log in"}
      </Button>
    </form>
  );
}
