/** Before the handoff: a link to open with one click, one that no longer opens, or none at all. */
import { useEffect } from "react";
import { Door } from "@/components/public/door";
import { EmailForm } from "@/components/public/email-form";
import { usePageTitle } from "@/components/public/use-page-title";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { asProblem } from "@/lib/problem";
import { useAskForHandoffLink } from "../api/ask-for-link";
import { useOpenHandoff } from "../api/open-handoff";

export function LandingPage({ token, onOpened }: { token: string; onOpened: () => void }) {
  usePageTitle("Hand over a customer");
  const open = useOpenHandoff();
  const problem = open.error ? asProblem(open.error) : undefined;
  if (problem && (problem.status === 410 || problem.status === 422)) {
    return <ClosedPage reason={problem.reason} token={token} />;
  }
  return (
    <Door title="Hand over a customer">
      <p>
        You closed a deal, and the onboarding team needs what you know about the customer. The answers are
        drafted for you; checking them takes about five minutes.
      </p>
      {problem && (
        <Notice tone="madder" role="alert" title="It did not open">
          {problem.message}
        </Notice>
      )}
      <Button
        weight="primary"
        disabled={open.isPending}
        onClick={() => open.mutate(token, { onSuccess: onOpened })}
      >
        {open.isPending ? "Opening" : "Continue"}
      </Button>
    </Door>
  );
}

const CLOSED: Record<string, [title: string, words: string]> = {
  expired: ["This link has expired", "Your answers are kept. A new link brings you back to them."],
  used: [
    "This handoff was submitted",
    "Its link closed with that. If it was returned to you with a question, a new link brings you back to it.",
  ],
};
const UNKNOWN: [string, string] = [
  "This link opens nothing",
  "It may have been cut off on its way. Open it from the e-mail again, or have a new one sent.",
];

export function ClosedPage({ reason, token }: { reason: string; token: string }) {
  usePageTitle("Hand over a customer");
  const ask = useAskForHandoffLink();
  const [title, words] = CLOSED[reason] ?? UNKNOWN;
  if (ask.data) return <LinkSent detail={ask.data.detail} />;
  // A token nobody knows belongs to nobody: only an address can help then.
  const known = token && CLOSED[reason];
  return (
    <Door title={title}>
      <p>{words}</p>
      <AskForLink ask={ask} token={known ? token : ""} />
    </Door>
  );
}

export function NoLinkPage() {
  usePageTitle("Hand over a customer");
  const ask = useAskForHandoffLink();
  if (ask.data) return <LinkSent detail={ask.data.detail} />;
  return (
    <Door title="Open your handoff from its e-mail">
      <p>This page opens with the link you were sent. If you can't find it, have it sent again.</p>
      <AskForLink ask={ask} token="" />
    </Door>
  );
}

function AskForLink({ ask, token }: { ask: ReturnType<typeof useAskForHandoffLink>; token: string }) {
  const problem = ask.error ? asProblem(ask.error) : undefined;
  const button = ask.isPending ? "Sending" : "Send me a new link";
  return (
    <>
      {problem && !problem.field("email") && (
        <Notice tone="madder" role="alert" title="No link was sent">
          {problem.message}
        </Notice>
      )}
      {token ? (
        <Button weight="primary" disabled={ask.isPending} onClick={() => ask.mutate({ token })}>
          {button}
        </Button>
      ) : (
        <EmailForm
          button={button}
          busy={ask.isPending}
          error={problem?.field("email")}
          onSend={(email) => ask.mutate({ email })}
        />
      )}
    </>
  );
}

function LinkSent({ detail }: { detail: string }) {
  useEffect(() => {
    document.querySelector("h1")?.focus();
  }, []);
  return (
    <Door title="Look into your mail">
      <p>{detail}</p>
      <p className="text-muted">It usually takes a minute. Look among unwanted mail too.</p>
    </Door>
  );
}
