/** From, to, copies and subject, as they will stand on the e-mail. */
import type { Draft } from "@/client";

export function Envelope({ draft }: { draft: Draft }) {
  const lines: [string, string[]][] = [
    ["From", [`${draft.from_name} <${draft.from_address}>`]],
    ["To", draft.to],
    ["Cc", draft.cc],
    ["Bcc", draft.bcc],
  ];
  return (
    <div>
      <h3 className="mb-2 text-title font-semibold text-pretty wrap-anywhere">{draft.subject}</h3>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 text-small">
        {lines
          .filter(([, people]) => people.length > 0)
          .map(([name, people]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="wrap-anywhere">{people.join(", ")}</dd>
            </div>
          ))}
      </dl>
    </div>
  );
}
