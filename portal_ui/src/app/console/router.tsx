/** Every address of the console; a screen's code is fetched when it is first opened. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import type { AccountStatus } from "@/client";
import { ACCOUNT_STATUSES } from "@/features/accounts/model/status";
import { Crashed, NotFound } from "./dead-ends";
import { Shell } from "./shell";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: Crashed });

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/inbox" });
  },
});

const inbox = createRoute({
  getParentRoute: () => root,
  path: "/inbox",
  validateSearch: (search): { mine?: boolean } => (search.mine === true ? { mine: true } : {}),
  component: lazyRouteComponent(() => import("@/features/actions/components/inbox-page"), "InboxPage"),
});

/** The inbox with one action open: the page itself reads the address. */
const inboxAction = createRoute({ getParentRoute: () => inbox, path: "$accountId/$actionKey" });

const accounts = createRoute({
  getParentRoute: () => root,
  path: "/accounts",
  validateSearch: (search): { status?: AccountStatus; mine?: boolean } => ({
    ...(isStatus(search.status) ? { status: search.status } : {}),
    ...(search.mine === true ? { mine: true } : {}),
  }),
  component: lazyRouteComponent(() => import("@/features/accounts/components/accounts-page"), "AccountsPage"),
});

const account = createRoute({
  getParentRoute: () => root,
  path: "/accounts/$accountId",
  validateSearch: (search): { open?: string; tab?: "plan" | "handoff" } => ({
    ...(typeof search.open === "string" ? { open: search.open } : {}),
    ...(search.tab === "plan" || search.tab === "handoff" ? { tab: search.tab } : {}),
  }),
  component: lazyRouteComponent(() => import("@/features/accounts/components/account-page"), "AccountPage"),
});

const attention = createRoute({
  getParentRoute: () => root,
  path: "/attention",
  component: lazyRouteComponent(
    () => import("@/features/attention/components/attention-page"),
    "AttentionPage",
  ),
});

export function makeRouter() {
  return createRouter({
    routeTree: root.addChildren([home, inbox.addChildren([inboxAction]), accounts, account, attention]),
    defaultPreload: "intent",
  });
}

function isStatus(value: unknown): value is AccountStatus {
  return ACCOUNT_STATUSES.includes(value as AccountStatus);
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
