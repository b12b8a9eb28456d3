/** The door: one form on the line. */
import { useState } from "react";
import { Mark } from "@/components/thread/mark";
import { asProblem } from "@/lib/problem";
import { useTitle } from "@/lib/use-title";
import { organizationsIn, useLogIn } from "../api/log-in";
import { ChooseOrganization } from "./choose-organization";
import { LogInForm } from "./log-in-form";

export function LogInPage() {
  useTitle("Log in");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const logIn = useLogIn();
  const problem = logIn.error ? asProblem(logIn.error) : null;
  const organizations = organizationsIn(problem);

  return (
    <main className="min-h-full overflow-x-clip bg-surface pt-[16vh] pb-10">
      <div className="relative mx-auto w-full max-w-sm px-6">
        <Line />
        <div className="relative mb-8 flex w-fit items-center gap-3 bg-surface">
          <Mark size={28} />
          <h1 className="pe-4 text-page font-semibold">Log in to Thread</h1>
        </div>
        {organizations.length > 0 ? (
          <ChooseOrganization
            organizations={organizations}
            busy={logIn.isPending}
            onChoose={(organization_id) => logIn.mutate({ email, password, organization_id })}
          />
        ) : (
          <LogInForm
            email={email}
            password={password}
            onEmail={setEmail}
            onPassword={setPassword}
            problem={problem}
            busy={logIn.isPending}
            onSubmit={() => logIn.mutate({ email, password })}
          />
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
