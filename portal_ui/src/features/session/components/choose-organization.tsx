/** For a person in several organisations: which one now? */
import type { Named } from "@/client";
import { Button } from "@/components/ui/button";

interface ChooseOrganizationProps {
  organizations: Named[];
  busy: boolean;
  onChoose: (organizationId: string) => void;
}

export function ChooseOrganization({ organizations, busy, onChoose }: ChooseOrganizationProps) {
  return (
    <section aria-label="Organisations">
      <p className="mb-4 text-muted">You belong to more than one organisation. Choose one.</p>
      <ul className="flex flex-col gap-2">
        {organizations.map(({ id, name }) => (
          <li key={id}>
            <Button className="w-full justify-start!" disabled={busy} onClick={() => onChoose(id)}>
              {name}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
