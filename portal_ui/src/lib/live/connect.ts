/** Joins a tab to the browser's one live stream, or gives it a stream of its own where workers can't be shared. */
import { workerScript } from "../trusted";
import { type FeedMessage, LiveFeed, type Source } from "./feed";
import workerUrl from "./live.worker.ts?sharedworker&url";

/** `session` names who is logged in: a stream opened for somebody else is of no use. */
export type TabMessage = { type: "join"; session: string } | { type: "leave" };

type Tell = (message: FeedMessage) => void;

/** Joins; the answer leaves again. */
export function connectLive(session: string, tell: Tell): () => void {
  return shared(session, tell) ?? alone(tell);
}

function shared(session: string, tell: Tell): (() => void) | undefined {
  if (typeof SharedWorker === "undefined") return undefined;
  let worker: SharedWorker;
  try {
    worker = new SharedWorker(workerScript(workerUrl), { type: "module", name: "thread-live" });
  } catch {
    return undefined;
  }
  let leaveStandIn: (() => void) | undefined;
  const send = (message: TabMessage) => worker.port.postMessage(message);
  const leave = () => send({ type: "leave" });
  const join = () => send({ type: "join", session });
  // A page that comes back out of the browser's cache has missed what happened meanwhile.
  const rejoin = (event: PageTransitionEvent) => {
    if (!event.persisted) return;
    join();
    tell({ type: "reset" });
  };
  worker.port.onmessage = ({ data }: MessageEvent<FeedMessage>) => tell(data);
  // That a worker's script can't be loaded is only known later.
  worker.onerror = () => {
    leaveStandIn ??= alone(tell);
  };
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", rejoin);
  join();
  return () => {
    window.removeEventListener("pagehide", leave);
    window.removeEventListener("pageshow", rejoin);
    leave();
    worker.port.close();
    leaveStandIn?.();
  };
}

function alone(tell: Tell): () => void {
  const feed = new LiveFeed(() => new EventSource("/api/events") as unknown as Source, tell);
  feed.start();
  tell(feed.status);
  return () => feed.stop();
}
