/** Nobody is signed in here. */
import { Door } from "@/components/public/door";
import { usePageTitle } from "@/components/public/use-page-title";
import { rememberedContact } from "../model/remembered-contact";
import { IdentifyPage } from "./identify-page";

export function SignedOutPage() {
  usePageTitle("Your onboarding");
  const contactId = rememberedContact();
  if (contactId) return <IdentifyPage contactId={contactId} />;
  return (
    <Door title="You are not signed in">
      <p>Open your onboarding from an e-mail of ours: its link asks for one to sign in with.</p>
      <p className="text-muted">On the device you used last, this page may still be open.</p>
    </Door>
  );
}
