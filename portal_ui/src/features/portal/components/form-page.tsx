/** One form: to be filled in, sent, returned with a question, or done. */
import { useState } from "react";
import { Link } from "wouter";
import type { FormPage as Form, PortalHome } from "@/client";
import { usePageTitle } from "@/components/public/use-page-title";
import { FailedRead } from "@/components/thread/failed-read";
import { Waiting } from "@/components/thread/waiting";
import { BackIcon } from "@/components/ui/icons";
import { asProblem } from "@/lib/problem";
import { useForm } from "../api/read-form";
import { isStillSent, type SentHere } from "../model/form-draft";
import { FormEditor } from "./form-editor";
import { FormSent } from "./form-sent";
import { PortalFrame } from "./portal-frame";

export function FormPage({ portal, actionKey }: { portal: PortalHome; actionKey: string }) {
  const { data: page, error, isPending, refetch } = useForm(actionKey);
  usePageTitle(page?.label ?? "Questions", portal.organization.name);
  return (
    <PortalFrame portal={portal}>
      <Link
        href="/p"
        className="-ms-2 mb-4 inline-flex min-h-11 items-center gap-1 rounded-control pe-2 text-muted hover:text-ink"
      >
        <BackIcon size={20} strokeWidth={1.75} aria-hidden="true" />
        Your onboarding
      </Link>
      {isPending && <Waiting lines={5} row="h-20" />}
      {page && <FormInItsState key={actionKey} actionKey={actionKey} page={page} portal={portal} />}
      {error && !page && <Unread error={error} onRetry={() => refetch()} />}
    </PortalFrame>
  );
}

function Unread({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (asProblem(error).status !== 404) {
    return <FailedRead what="these questions" error={error} onRetry={onRetry} />;
  }
  return (
    <>
      <h1 className="text-page font-semibold">There are no questions here</h1>
      <p className="mt-2 text-muted">They may not have been sent to you yet.</p>
    </>
  );
}

interface FormInItsStateProps {
  actionKey: string;
  page: Form;
  portal: PortalHome;
}

function FormInItsState({ actionKey, page, portal }: FormInItsStateProps) {
  const [sent, setSent] = useState<SentHere>();
  const who = portal.csm?.name ?? portal.organization.name;
  if (isStillSent(sent, page) && sent) {
    const by = portal.me.name;
    return <FormSent page={page} values={sent.values} at={sent.at} by={by} who={who} justSent />;
  }
  if (page.status === "sent" || page.status === "done") {
    const { submission } = page;
    return (
      <FormSent
        page={page}
        values={submission?.values ?? page.values}
        at={submission?.submitted_at}
        by={submission?.submitted_by ?? ""}
        who={who}
        justSent={sent !== undefined}
      />
    );
  }
  return (
    <FormEditor
      // After a return the form begins anew.
      key={page.note}
      actionKey={actionKey}
      page={page}
      portal={portal}
      onSent={(values) => setSent({ values, at: new Date().toISOString(), note: page.note })}
    />
  );
}
