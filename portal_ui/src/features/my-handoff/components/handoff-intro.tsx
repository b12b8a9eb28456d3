/** Who asks what of whom, and why. */
import type { MyHandoff } from "@/client";
import { day, money } from "@/lib/format";
import { useNow } from "@/lib/use-now";

export function HandoffIntro({ handoff }: { handoff: MyHandoff }) {
  const now = useNow(60_000);
  const { deal, company_name, ae_name, organization } = handoff;
  const facts = [
    deal.amount_minor !== null && `${money(deal.amount_minor, deal.currency)} a year`,
    deal.close_date && `closed ${day(deal.close_date, now)}`,
  ].filter(Boolean);
  const first = ae_name.split(" ")[0];
  return (
    <header>
      <h1 className="text-display font-semibold wrap-anywhere">Hand over {company_name}</h1>
      {facts.length > 0 && <p className="mt-1 text-muted tabular">{facts.join(", ")}</p>}
      <p className="mt-4 text-pretty">
        {first ? `${first}, you` : "You"} know {company_name} best. {organization.name} starts their
        onboarding once you have handed over what you know. The answers are drafted for you: check them,
        correct them, choose who takes over. It takes about five minutes, and everything is saved as you go.
      </p>
    </header>
  );
}
