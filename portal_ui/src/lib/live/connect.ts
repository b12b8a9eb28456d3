/** Joins a tab to the browser's one live stream, or gives it a stream of its own where workers can't be shared. */
import workerUrl from "./live.worker.ts?sharedworker&url";
import { workerScript } from "../trusted";
import { type FeedMessage, LiveFeed, type Source } from "./feed";

export type TabMessage = "join" | "leave" | "restart";

export interface LiveConnection {
  /** Open anew: the session has changed. */
  restart(): void;
  close(): void;
}

export function connectLive(tell: (message: FeedMessage) => void): LiveConnection {
  return shared(tell) ?? alone(tell);
}

function shared(tell: (message: FeedMessage) => void): LiveConnection | undefined {
  if (typeof SharedWorker === "undefined") return undefined;
  let worker: SharedWorker;
  try {
    worker = new SharedWorker(workerScript(workerUrl), { type: "module", name: "thread-live" });
  } catch {
    return undefined;
  }
  let standIn: LiveConnection | undefined;
  const send = (message: TabMessage) => worker.port.postMessage(message);
  const leave = () => send("leave");
  const rejoin = (event: PageTransitionEvent) => {
    if (!event.persisted) return;
    send("join");
    tell({ type: "reset" });
  };
  worker.port.onmessage = ({ data }: MessageEvent<FeedMessage>) => tell(data);
  // A worker that can't be loaded is only known later.
  worker.onerror = () => {
    standIn ??= alone(tell);
  };
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", rejoin);
  send("join");
  return {
    restart: () => (standIn ? standIn.restart() : send("restart")),
    close: () => {
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("pageshow", rejoin);
      leave();
      worker.port.close();
      standIn?.close();
    },
  };
}

function alone(tell: (message: FeedMessage) => void): LiveConnection {
  const feed = new LiveFeed(() => new EventSource("/api/events") as unknown as Source, tell);
  feed.start();
  tell(feed.status);
  return { restart: () => feed.restart(), close: () => feed.stop() };
}
