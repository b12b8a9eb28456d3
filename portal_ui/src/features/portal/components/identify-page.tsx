/** The address in an invite says who is meant, and nothing else: a link to sign in goes to their e-mail. */
import { useEffect, useState } from "react";
import { Door } from "@/components/public/door";
import { EmailForm } from "@/components/public/email-form";
import { usePageTitle } from "@/components/public/use-page-title";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { asProblem } from "@/lib/problem";
import { useAskForLink } from "../api/ask-for-link";
import { rememberContact } from "../model/remembered-contact";
import { LinkSent } from "./link-sent";

export function IdentifyPage({ contactId }: { contactId: string }) {
  usePageTitle("Your onboarding");
  const ask = useAskForLink();
  const [other, setOther] = useState(false);
  useEffect(() => rememberContact(contactId), [contactId]);
  if (ask.data) return <LinkSent detail={ask.data.detail} onAgain={ask.reset} />;
  const problem = ask.error ? asProblem(ask.error) : undefined;
  return (
    <Door title="Your onboarding">
      <p>
        There is no password. We send a link to your e-mail address; it opens this page for you, once, within
        10 minutes.
      </p>
      {problem && !problem.field("email") && (
        <Notice tone="madder" role="alert" title="No link was sent">
          {problem.message}
        </Notice>
      )}
      {other ? (
        <EmailForm
          button={ask.isPending ? "Sending" : "Send my link"}
          busy={ask.isPending}
          error={problem?.field("email")}
          onSend={(email) => ask.mutate({ email, contact_id: contactId })}
        />
      ) : (
        <>
          <Button
            weight="primary"
            disabled={ask.isPending}
            onClick={() => ask.mutate({ contact_id: contactId })}
          >
            {ask.isPending ? "Sending" : "Send me my link"}
          </Button>
          <p className="text-muted">
            Not you?{" "}
            <button
              type="button"
              onClick={() => setOther(true)}
              className="min-h-11 text-indigo-text underline"
            >
              Use your e-mail address
            </button>
          </p>
        </>
      )}
    </Door>
  );
}
