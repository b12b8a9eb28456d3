/** The console's entry: client, theme, router, and the mark that says the page listens. */
import "@/styles/console.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { setUpClient } from "@/lib/api";
import { makeQueryClient } from "@/lib/query";
import { applyTheme, readTheme } from "@/lib/theme";
import { makeRouter } from "./router";
import { SessionGate } from "./session-gate";

applyTheme(readTheme());
setUpClient();
const queries = makeQueryClient();
const router = makeRouter();

function Console() {
  useEffect(() => {
    document.documentElement.dataset.ready = "1";
  }, []);
  return (
    <QueryClientProvider client={queries}>
      <SessionGate>
        <RouterProvider router={router} />
      </SessionGate>
    </QueryClientProvider>
  );
}

const root = document.getElementById("root");
if (!root) throw new Error("console.html has no #root");
createRoot(root).render(
  <StrictMode>
    <Console />
  </StrictMode>,
);
