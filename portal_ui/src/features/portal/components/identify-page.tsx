/** The address in an invite says who is meant, and nothing else: a link to sign in goes to their e-mail. */
import { useEffect } from "react";
import { Door } from "@/components/public/door";
import { usePageTitle } from "@/components/public/use-page-title";
import { useAskForLink } from "../api/ask-for-link";
import { rememberContact } from "../model/remembered-contact";
import { AskForLink } from "./ask-for-link";
import { LinkSent } from "./link-sent";

/** Without a contact, nobody is known to be meant. */
export function IdentifyPage({ contactId }: { contactId?: string | undefined }) {
  usePageTitle("Your onboarding");
  const ask = useAskForLink();
  useEffect(() => {
    if (contactId) rememberContact(contactId);
  }, [contactId]);
  if (ask.data) return <LinkSent detail={ask.data.detail} onAgain={ask.reset} />;
  return (
    <Door title="Your onboarding">
      <p>
        There is no password. We send a link to your e-mail address; it opens this page for you, once, within
        10 minutes.
      </p>
      <AskForLink
        ask={ask}
        known={contactId ? { contact_id: contactId } : undefined}
        button="Send me my link"
      />
    </Door>
  );
}
