/** The AE's entry: the token leaves the address bar before anything else, and is used when they click. */
import "@/styles/public.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { FailedRead } from "@/components/thread/failed-read";
import { Waiting } from "@/components/thread/waiting";
import { useMyHandoff } from "@/features/my-handoff/api/read-my-handoff";
import { LandingPage, NoLinkPage } from "@/features/my-handoff/components/door-pages";
import { HandoffPage } from "@/features/my-handoff/components/handoff-page";
import { setUpClient } from "@/lib/api";
import { applyRememberedBrand } from "@/lib/brand";
import { takeToken } from "@/lib/link-token";
import { makePublicQueryClient } from "@/lib/public-query";
import { useLinkToken } from "@/lib/use-link-token";

const presented = takeToken();
applyRememberedBrand();
setUpClient();
const queries = makePublicQueryClient();

function Handoff() {
  const [token, setToken] = useLinkToken(presented);
  useEffect(() => {
    document.documentElement.dataset.ready = "1";
  }, []);
  return (
    <QueryClientProvider client={queries}>
      {token ? <LandingPage key={token} token={token} onOpened={() => setToken("")} /> : <Opened />}
    </QueryClientProvider>
  );
}

function Opened() {
  const { data: handoff, error, isPending, refetch } = useMyHandoff();
  if (handoff) return <HandoffPage handoff={handoff} />;
  if (handoff === null) return <NoLinkPage />;
  if (isPending) return <Waiting lines={6} row="h-20" className="mx-auto max-w-160 px-5 pt-20" />;
  return (
    <main className="mx-auto max-w-160 px-5 pt-20">
      <FailedRead what="the handoff" error={error} onRetry={() => refetch()} />
    </main>
  );
}

const root = document.getElementById("root");
if (!root) throw new Error("handoff.html has no #root");
createRoot(root).render(
  <StrictMode>
    <Handoff />
  </StrictMode>,
);
