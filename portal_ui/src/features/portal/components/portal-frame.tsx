/** What every page of the portal has: the organisation's name and colour, how fresh it is, and whom to ask. */
import { type ReactNode, useEffect } from "react";
import type { PortalHome } from "@/client";
import { AmberLine } from "@/components/public/amber-line";
import { Page } from "@/components/public/page";
import { applyBrand } from "@/lib/brand";
import { moment } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { HelpBar } from "./help-bar";

export function PortalFrame({ portal, children }: { portal: PortalHome; children: ReactNode }) {
  const { organization, company_name, live, as_of } = portal;
  const now = useNow(30_000);
  useEffect(() => applyBrand(organization.brand_color), [organization.brand_color]);
  return (
    <Page
      organization={organization.name}
      subject={company_name}
      notice={!live && <AmberLine>As of {moment(as_of, now)}. The live state is back soon.</AmberLine>}
      footer={<HelpBar portal={portal} />}
    >
      {children}
    </Page>
  );
}
