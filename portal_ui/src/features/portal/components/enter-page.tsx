/** The link from the e-mail: one click opens the portal. Opening the address alone changes nothing, as scanners do it too. */
import { useLocation } from "wouter";
import { Door } from "@/components/public/door";
import { usePageTitle } from "@/components/public/use-page-title";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { asProblem, type Problem } from "@/lib/problem";
import { useAskForLink } from "../api/ask-for-link";
import { useOpenPortal } from "../api/open-portal";
import type { AskForPortalLink } from "@/client";
import { rememberedContact } from "../model/remembered-contact";
import { AskForLink } from "./ask-for-link";
import { LinkSent } from "./link-sent";

export function EnterPage({ token }: { token: string }) {
  usePageTitle("Your onboarding");
  const [, goTo] = useLocation();
  const open = useOpenPortal();
  const problem = open.error ? asProblem(open.error) : undefined;
  if (!token) return <Closed reason="unknown" token="" />;
  if (problem && (problem.status === 410 || problem.status === 422)) {
    return <Closed reason={problem.reason} token={token} />;
  }
  return (
    <Door title="Welcome back">
      <p>One click, and you are in your onboarding on this device.</p>
      {problem && <NotOpened problem={problem} />}
      <Button
        weight="primary"
        disabled={open.isPending}
        onClick={() => open.mutate(token, { onSuccess: () => goTo("/p", { replace: true }) })}
      >
        {open.isPending ? "Opening" : "Continue"}
      </Button>
    </Door>
  );
}

function NotOpened({ problem }: { problem: Problem }) {
  return (
    <Notice tone="madder" role="alert" title="It did not open">
      {problem.message}
    </Notice>
  );
}

const CLOSED: Record<string, [title: string, words: string]> = {
  expired: ["This link has expired", "A link opens for 10 minutes after it was sent."],
  used: ["This link was used already", "Every link opens once, so that nobody else can use it after you."],
};
const UNKNOWN: [string, string] = [
  "This link opens nothing",
  "It may have been cut off on its way. Open it from the e-mail again, or have a new one sent.",
];

function Closed({ reason, token }: { reason: string; token: string }) {
  const ask = useAskForLink();
  const [title, words] = CLOSED[reason] ?? UNKNOWN;
  if (ask.data) return <LinkSent detail={ask.data.detail} onAgain={ask.reset} />;
  return (
    <Door title={title}>
      <p>{words}</p>
      <AskForLink ask={ask} known={whoIsMeant(reason, token)} button="Send me a new link" />
    </Door>
  );
}

/** A link that is on record says whose it is; else whoever this browser was invited as. */
function whoIsMeant(reason: string, token: string): AskForPortalLink | undefined {
  if (CLOSED[reason]) return { token };
  const contact_id = rememberedContact();
  return contact_id ? { contact_id } : undefined;
}
