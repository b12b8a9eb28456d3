/** What is known of the customer, and where it came from. */
import type { ReactNode } from "react";
import type { AccountDetail, ContactDetail } from "@/client";
import { ExternalIcon } from "@/components/ui/icons";
import { day, money, readable, timeIn } from "@/lib/format";

export function AccountFacts({ account, now }: { account: AccountDetail; now: number }) {
  const there = timeIn(account.time_zone, now);
  return (
    <aside aria-label="About this account" className="flex flex-col gap-6 @3xl:w-70 @3xl:shrink-0">
      <Group title="Contact">
        <Fact name="Name">{account.contact_name}</Fact>
        <Fact name="E-mail">
          <a href={`mailto:${account.contact_email}`} className="text-indigo-text hover:underline">
            <Breakable address={account.contact_email} />
          </a>
        </Fact>
        <Fact name="Time there">{there && `${there} (${account.time_zone})`}</Fact>
      </Group>
      <OtherContacts account={account} />
      <Group title="Our side">
        <Fact name="CSM">{account.csm?.name ?? "Nobody yet"}</Fact>
        <Fact name="Sales">{account.ae_name}</Fact>
        <Fact name="Template">
          {account.template.name}, version {account.template.number}
        </Fact>
      </Group>
      <Group title="Deal">
        <Fact name="Value">
          {account.arr_minor !== null && `${money(account.arr_minor, account.currency)} a year`}
        </Fact>
        <Fact name="Closed">{account.close_date && day(account.close_date, now)}</Fact>
        <Fact name="Segment">{readable(account.segment)}</Fact>
        <Fact name="Industry">{readable(account.industry)}</Fact>
        <Fact name="Website">
          <Website address={account.website} />
        </Fact>
      </Group>
      {account.notes && (
        <section>
          <h3 className="mb-1.5 text-small font-medium text-muted">Notes from sales</h3>
          <p className="max-w-prose whitespace-pre-line text-pretty">{account.notes}</p>
        </section>
      )}
      {account.workflow_url && (
        <a
          href={account.workflow_url}
          target="_blank"
          rel="noreferrer"
          className="inline-flex items-center gap-2 text-indigo-text hover:underline"
        >
          Open in Temporal
          <ExternalIcon size={14} strokeWidth={1.75} aria-hidden="true" />
        </a>
      )}
    </aside>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1.5 text-small font-medium text-muted">{title}</h3>
      <dl className="grid grid-cols-[5rem_1fr] gap-x-3 gap-y-1">{children}</dl>
    </section>
  );
}

const ROLES: Record<ContactDetail["role"], string> = {
  portal_admin: "Admin of the portal",
  portal_member: "Fills in forms",
  portal_viewer: "Looks only",
};

/** Further people at the customer, and what they may do in their portal. */
function OtherContacts({ account }: { account: AccountDetail }) {
  const others = account.contacts.filter(({ email, active }) => active && email !== account.contact_email);
  if (others.length === 0) return null;
  return (
    <section>
      <h3 className="mb-1.5 text-small font-medium text-muted">Also there</h3>
      <ul className="flex flex-col gap-2">
        {others.map(({ id, name, email, title, role }) => (
          <li key={id}>
            <p>{[name, title].filter(Boolean).join(", ")}</p>
            <a href={`mailto:${email}`} className="text-indigo-text hover:underline">
              <Breakable address={email} />
            </a>
            <p className="text-small text-muted">{ROLES[role]}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Nothing is drawn for what is not known. */
function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  );
}

/** A long address breaks after its @. */
function Breakable({ address }: { address: string }) {
  const at = address.indexOf("@") + 1;
  return (
    <>
      {address.slice(0, at)}
      <wbr />
      {address.slice(at)}
    </>
  );
}

/** CRM text becomes a link only when it is a web address. */
function Website({ address }: { address: string }) {
  if (!/^https?:\/\//i.test(address)) return address;
  return (
    <a href={address} target="_blank" rel="noreferrer" className="text-indigo-text hover:underline">
      {address.replace(/^https?:\/\//i, "")}
    </a>
  );
}
