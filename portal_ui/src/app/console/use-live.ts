/** Live updates for the whole console: what changed is read again, and a silent stream is admitted. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { LiveEvent } from "@/client";
import { useMe } from "@/features/session/api/read-session";
import { connectLive } from "@/lib/live/connect";
import type { FeedMessage, FeedState } from "@/lib/live/feed";
import { touchedByAll } from "@/lib/live/touched";
import { keys } from "@/lib/query";

export interface Live {
  state: FeedState;
  since: number;
}

/** Events come in bursts; one reading serves them all. */
const GATHER_MS = 120;
/** While the stream is silent, what is on the screen is read this often. */
const POLL_MS = 15_000;

export function useLive(): Live {
  const queries = useQueryClient();
  const { organization, member } = useMe();
  const session = `${organization.id}/${member.id}`;
  const [live, setLive] = useState<Live>(() => ({ state: "connecting", since: Date.now() }));

  useEffect(() => {
    let gathered: LiveEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const readGathered = () => {
      for (const queryKey of touchedByAll(gathered)) void queries.invalidateQueries({ queryKey });
      gathered = [];
      timer = undefined;
    };
    const leave = connectLive(session, (message: FeedMessage) => {
      if (message.type === "event") {
        gathered.push(message.event);
        timer ??= setTimeout(readGathered, GATHER_MS);
      } else if (message.type === "reset") {
        void queries.invalidateQueries();
      } else {
        setLive(message);
        if (message.state !== "live") return;
        // Whatever was read before the stream was open may already be old.
        void queries.invalidateQueries({ predicate: ({ state }) => state.dataUpdatedAt < message.since });
      }
    });
    return () => {
      clearTimeout(timer);
      leave();
    };
  }, [queries, session]);

  const paused = live.state === "paused";
  useEffect(() => {
    if (!paused) return undefined;
    // The stream also ends when the session does.
    void queries.invalidateQueries({ queryKey: keys.session });
    const poll = setInterval(() => void queries.invalidateQueries(), POLL_MS);
    return () => clearInterval(poll);
  }, [paused, queries]);
  return live;
}
