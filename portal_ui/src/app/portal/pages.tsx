/** Every address of the portal. Behind the doors, nobody passes without a session. */
import { useEffect, useRef } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import type { PortalHome } from "@/client";
import { FailedRead } from "@/components/thread/failed-read";
import { Waiting } from "@/components/thread/waiting";
import { usePortal } from "@/features/portal/api/read-portal";
import { EnterPage } from "@/features/portal/components/enter-page";
import { FormPage } from "@/features/portal/components/form-page";
import { HomePage } from "@/features/portal/components/home-page";
import { IdentifyPage } from "@/features/portal/components/identify-page";
import { isContactId, rememberedContact } from "@/features/portal/model/remembered-contact";

export function Pages({ token }: { token: string }) {
  useFocusOnPages();
  return (
    <Switch>
      <Route path="/p/enter">
        <EnterPage key={token} token={token} />
      </Route>
      <Route path="/p">
        <Inside>{(portal) => <HomePage portal={portal} />}</Inside>
      </Route>
      <Route path="/p/forms/:key">
        {({ key }) => <Inside>{(portal) => <FormPage portal={portal} actionKey={key} />}</Inside>}
      </Route>
      <Route path="/p/:contactId">
        {({ contactId }) => (
          <Inside outside={<IdentifyPage contactId={isContactId(contactId) ? contactId : undefined} />}>
            {() => <Redirect to="/p" replace />}
          </Inside>
        )}
      </Route>
      <Route>
        <Redirect to="/p" replace />
      </Route>
    </Switch>
  );
}

interface InsideProps {
  outside?: React.ReactNode;
  children: (portal: PortalHome) => React.ReactNode;
}

function Inside({ outside, children }: InsideProps) {
  const { data: portal, error, isPending, refetch } = usePortal();
  // What was read last is shown for as long as nothing newer comes, and says so.
  if (portal) return children(error ? { ...portal, live: false } : portal);
  if (portal === null) return outside ?? <IdentifyPage contactId={rememberedContact()} />;
  if (isPending) return <Waiting lines={6} row="h-20" className="mx-auto max-w-160 px-5 pt-20" />;
  return (
    <main className="mx-auto max-w-160 px-5 pt-20">
      <FailedRead what="your onboarding" error={error} onRetry={() => refetch()} />
    </main>
  );
}

/** Another page starts at its top, for the keyboard too. */
function useFocusOnPages() {
  const [page] = useLocation();
  const shown = useRef(page);
  useEffect(() => {
    if (shown.current === page) return;
    shown.current = page;
    window.scrollTo(0, 0);
    const main = document.querySelector("main");
    main?.setAttribute("tabindex", "-1");
    main?.focus({ preventScroll: true });
  }, [page]);
}
