/** The frame around every screen: the rail, the line that says updates are paused, and the screen itself. */
import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useHotkeys } from "@/lib/use-hotkeys";
import { Announcer } from "./announcer";
import { LiveLine } from "./live-line";
import { Rail } from "./rail";
import { useLive } from "./use-live";

const Shortcuts = lazy(async () => ({ default: (await import("./shortcuts")).Shortcuts }));

export function Shell() {
  const live = useLive();
  const navigate = useNavigate();
  const [helping, setHelping] = useState(false);
  useFocusOnScreens();
  useHotkeys({
    "g i": () => void navigate({ to: "/inbox" }),
    "g a": () => void navigate({ to: "/accounts" }),
    "g t": () => void navigate({ to: "/attention" }),
    "?": () => setHelping(true),
  });
  return (
    <div className="flex h-full flex-col-reverse md:flex-row">
      <a
        href="#screen"
        className="sr-only focus:not-sr-only focus:fixed focus:start-2 focus:top-2 focus:z-50 focus:rounded-control focus:bg-surface focus:px-3 focus:py-2"
      >
        Skip to the screen
      </a>
      <Rail onShortcuts={() => setHelping(true)} />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <LiveLine live={live} />
        <main id="screen" tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto outline-none">
          <Outlet />
        </main>
      </div>
      <Announcer />
      {helping && (
        <Suspense>
          <Shortcuts onClose={() => setHelping(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** Another screen starts at its beginning for the keyboard too. Within the inbox, the focus stays where it is. */
function useFocusOnScreens() {
  const screen = useLocation({
    select: ({ pathname }) => (pathname.startsWith("/inbox") ? "/inbox" : pathname),
  });
  const shown = useRef(screen);
  useEffect(() => {
    if (shown.current !== screen) document.getElementById("screen")?.focus({ preventScroll: true });
    shown.current = screen;
  }, [screen]);
}
