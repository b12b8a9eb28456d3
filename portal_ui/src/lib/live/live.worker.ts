/** One stream for all tabs of a browser: six streams would use up its connections to one host. */
import { LiveFeed, type FeedMessage, type Source } from "./feed";
import type { TabMessage } from "./connect";

interface SharedScope {
  onconnect: ((event: { ports: readonly MessagePort[] }) => void) | null;
}

const tabs = new Set<MessagePort>();
const tellAll = (message: FeedMessage) => {
  for (const tab of tabs) tab.postMessage(message);
};
const feed = new LiveFeed(() => new EventSource("/api/events") as unknown as Source, tellAll);

(self as unknown as SharedScope).onconnect = ({ ports }) => {
  const tab = ports[0];
  if (!tab) return;
  tab.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    if (data === "join") {
      tabs.add(tab);
      feed.start();
      tab.postMessage(feed.status);
    } else if (data === "leave") {
      tabs.delete(tab);
      if (tabs.size === 0) feed.stop();
    } else {
      feed.restart();
    }
  };
};
