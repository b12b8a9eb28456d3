/** The way to a link: one click where it is known who is meant, else an e-mail address. */
import { useState } from "react";
import type { AskForPortalLink } from "@/client";
import { EmailForm } from "@/components/public/email-form";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { asProblem } from "@/lib/problem";
import type { useAskForLink } from "../api/ask-for-link";

interface AskForLinkProps {
  ask: ReturnType<typeof useAskForLink>;
  /** Who is meant, where that is known. */
  known?: AskForPortalLink | undefined;
  button: string;
}

export function AskForLink({ ask, known, button }: AskForLinkProps) {
  const [other, setOther] = useState(!known);
  const problem = ask.error ? asProblem(ask.error) : undefined;
  const words = ask.isPending ? "Sending" : button;
  return (
    <>
      {problem && !problem.field("email") && (
        <Notice tone="madder" role="alert" title="No link was sent">
          {problem.message}
        </Notice>
      )}
      {known && !other ? (
        <>
          <Button weight="primary" disabled={ask.isPending} onClick={() => ask.mutate(known)}>
            {words}
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
      ) : (
        <EmailForm
          button={words}
          busy={ask.isPending}
          error={problem?.field("email")}
          onSend={(email) => ask.mutate({ email, ...(known?.contact_id ? known : {}) })}
        />
      )}
    </>
  );
}
