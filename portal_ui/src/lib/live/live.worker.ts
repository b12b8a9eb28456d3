/** One stream for all tabs of a browser: six streams would use up its connections to one host. */
import type { TabMessage } from "./connect";
import { type FeedMessage, LiveFeed, type Source } from "./feed";

interface SharedScope {
  onconnect: ((event: { ports: readonly MessagePort[] }) => void) | null;
}

const tabs = new Set<MessagePort>();
const tellAll = (message: FeedMessage) => {
  for (const tab of tabs) tab.postMessage(message);
};
const feed = new LiveFeed(() => new EventSource("/api/events") as unknown as Source, tellAll);
/** Whose session the stream was opened with. */
let session = "";

(self as unknown as SharedScope).onconnect = ({ ports }) => {
  const tab = ports[0];
  if (!tab) return;
  tab.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    if (data.type === "join") {
      tabs.add(tab);
      if (data.session === session) feed.start();
      else feed.restart();
      session = data.session;
      tab.postMessage(feed.status);
    } else {
      tabs.delete(tab);
      if (tabs.size === 0) feed.stop();
    }
  };
};
