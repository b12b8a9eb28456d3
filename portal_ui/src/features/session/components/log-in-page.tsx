/** The door: one form on the line. */
import { type FormEvent, useState } from "react";
import { Mark } from "@/components/thread/mark";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { asProblem } from "@/lib/problem";
import { useTitle } from "@/lib/use-title";
import { organizationsIn, useLogIn } from "../api/log-in";

export function LogInPage() {
  useTitle("Log in");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const logIn = useLogIn();
  const problem = logIn.error ? asProblem(logIn.error) : null;
  const organizations = organizationsIn(problem);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    logIn.mutate({ email, password });
  };

  return (
    <main className="min-h-full overflow-x-clip bg-surface pt-[16vh] pb-10">
      <div className="relative mx-auto w-full max-w-sm px-6">
        <Line />
        <div className="relative mb-8 flex w-fit items-center gap-3 bg-surface">
          <Mark size={28} />
          <h1 className="pe-4 text-page font-semibold">Log in to Thread</h1>
        </div>
        {organizations.length > 0 ? (
          <section aria-label="Organisations">
            <p className="mb-4 text-muted">You belong to more than one organisation. Choose one.</p>
            <ul className="flex flex-col gap-2">
              {organizations.map((each) => (
                <li key={each.id}>
                  <Button
                    className="w-full justify-start!"
                    disabled={logIn.isPending}
                    onClick={() => logIn.mutate({ email, password, organization_id: each.id })}
                  >
                    {each.name}
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        ) : (
          <form onSubmit={submit} className="flex flex-col gap-4">
            <Field
              label="E-mail"
              type="email"
              name="email"
              autoComplete="username"
              required
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page is this form and nothing else
              autoFocus
              value={email}
              onChange={(event) => setEmail(event.target.value)}
              error={problem?.field("email")}
            />
            <Field
              label="Password"
              type="password"
              name="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              error={problem?.field("password")}
            />
            {problem && <Notice tone="madder" role="alert" title={problem.message} />}
            <Button type="submit" weight="primary" className="h-10" disabled={logIn.isPending}>
              {logIn.isPending ? "Logging in" : "Log in"}
            </Button>
          </form>
        )}
      </div>
    </main>
  );
}

/** The thread that runs in from the left, through the sign, and on. */
function Line() {
  return (
    <svg
      aria-hidden="true"
      className="pointer-events-none absolute start-1/2 top-0 h-9 w-screen -translate-x-1/2"
      fill="none"
    >
      <line x1="0" x2="50%" y1="15" y2="15" strokeWidth="2.5" className="stroke-indigo" />
      <line
        x1="50%"
        x2="100%"
        y1="15"
        y2="15"
        strokeWidth="1.5"
        strokeDasharray="6 6"
        className="stroke-line-strong"
      />
    </svg>
  );
}
