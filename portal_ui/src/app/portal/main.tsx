/** The portal's entry: the token leaves the address bar before anything else, then client, brand and pages. */
import "@/styles/public.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { setUpClient } from "@/lib/api";
import { applyRememberedBrand } from "@/lib/brand";
import { takeToken } from "@/lib/link-token";
import { makePublicQueryClient } from "@/lib/public-query";
import { useLinkToken } from "@/lib/use-link-token";
import { Pages } from "./pages";

const presented = takeToken();
applyRememberedBrand();
setUpClient();
const queries = makePublicQueryClient();

function Portal() {
  const [token] = useLinkToken(presented);
  useEffect(() => {
    document.documentElement.dataset.ready = "1";
  }, []);
  return (
    <QueryClientProvider client={queries}>
      <Pages token={token} />
    </QueryClientProvider>
  );
}

const root = document.getElementById("root");
if (!root) throw new Error("portal.html has no #root");
createRoot(root).render(
  <StrictMode>
    <Portal />
  </StrictMode>,
);
