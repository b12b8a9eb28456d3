/** The AE's page: what sales knows about a customer, drafted for them, handed to whoever takes over. */
import { useEffect } from "react";
import type { MyHandoff } from "@/client";
import { Page } from "@/components/public/page";
import { usePageTitle } from "@/components/public/use-page-title";
import { Waiting } from "@/components/thread/waiting";
import { applyBrand } from "@/lib/brand";
import { HandoffEditor } from "./handoff-editor";
import { HandoffIntro } from "./handoff-intro";
import { HandedOver } from "./handed-over";

export function HandoffPage({ handoff }: { handoff: MyHandoff }) {
  const { organization, company_name, status } = handoff;
  usePageTitle(`Hand over ${company_name}`, organization.name);
  useEffect(() => applyBrand(organization.brand_color), [organization.brand_color]);
  return (
    <Page organization={organization.name} subject="Handoff">
      {status === "PREPARING" && (
        <>
          <HandoffIntro handoff={handoff} />
          <p role="status" className="mt-6">
            The answers are being drafted for you. They appear here by themselves.
          </p>
          <Waiting lines={4} row="h-20" className="mt-4" />
        </>
      )}
      {(status === "OPEN" || status === "RETURNED") && (
        <HandoffEditor key={handoff.reason} handoff={handoff} />
      )}
      {(status === "SUBMITTED" || status === "ACCEPTED") && <HandedOver handoff={handoff} />}
    </Page>
  );
}
