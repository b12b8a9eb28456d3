import { beforeEach, describe, expect, it, vi } from "vitest";
import { type FeedMessage, LiveFeed, type Source } from "./feed";

class FakeSource implements Source {
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  named = new Map<string, (message: { data: string }) => void>();
  closed = false;
  addEventListener(type: string, listener: (message: { data: string }) => void) {
    this.named.set(type, listener);
  }
  close() {
    this.closed = true;
    this.readyState = 2;
  }
  opens() {
    this.readyState = 1;
    this.onopen?.();
  }
  fails(readyState: 0 | 2) {
    this.readyState = readyState;
    this.onerror?.();
  }
}

let sources: FakeSource[];
let told: FeedMessage[];
let feed: LiveFeed;
const latest = () => sources.at(-1) as FakeSource;
const states = () => told.flatMap((message) => (message.type === "status" ? [message.state] : []));
const resets = () => told.filter((message) => message.type === "reset").length;

beforeEach(() => {
  vi.useFakeTimers();
  sources = [];
  told = [];
  feed = new LiveFeed(
    () => {
      const source = new FakeSource();
      sources.push(source);
      return source;
    },
    (message) => told.push(message),
  );
});

describe("LiveFeed", () => {
  it("opens one stream however often it is started, and passes events on", () => {
    feed.start();
    feed.start();
    latest().opens();
    latest().onmessage?.({ data: JSON.stringify({ id: 7, kind: "changed", entity: "action" }) });
    latest().named.get("account")?.({ data: JSON.stringify({ id: 8, kind: "changed", entity: "account" }) });
    latest().onmessage?.({ data: "not json" });
    expect(sources).toHaveLength(1);
    expect(states()).toEqual(["live"]);
    expect(told.filter((message) => message.type === "event")).toHaveLength(2);
  });

  it("lets the browser reconnect by itself, without a word if it is quick and without a reset", () => {
    feed.start();
    latest().opens();
    latest().fails(0);
    vi.advanceTimersByTime(3_000);
    latest().opens();
    vi.advanceTimersByTime(60_000);
    expect(states()).toEqual(["live"]);
    expect(resets()).toBe(0);
    expect(sources).toHaveLength(1);
  });

  it("says paused after a while, and live again when it is", () => {
    feed.start();
    latest().opens();
    latest().fails(0);
    vi.advanceTimersByTime(5_000);
    expect(states()).toEqual(["live", "paused"]);
    latest().opens();
    expect(states()).toEqual(["live", "paused", "live"]);
  });

  it("opens a refused stream anew, slower each time, and then asks for everything to be read again", () => {
    feed.start();
    latest().opens();
    latest().fails(2);
    vi.advanceTimersByTime(1_000);
    expect(sources).toHaveLength(2);
    latest().fails(2);
    vi.advanceTimersByTime(1_000);
    expect(sources).toHaveLength(2);
    vi.advanceTimersByTime(1_000);
    expect(sources).toHaveLength(3);
    latest().opens();
    expect(resets()).toBe(1);
  });

  it("does not wait for its turn when somebody asks for it", () => {
    feed.start();
    latest().fails(2);
    feed.start();
    expect(sources).toHaveLength(2);
    vi.advanceTimersByTime(60_000);
    expect(sources).toHaveLength(2);
  });

  it("passes on the server's own reset", () => {
    feed.start();
    latest().opens();
    latest().named.get("reset")?.({ data: "" });
    expect(resets()).toBe(1);
  });

  it("closes on stop and never reopens a stopped stream", () => {
    feed.start();
    latest().fails(2);
    feed.stop();
    vi.advanceTimersByTime(60_000);
    expect(sources).toHaveLength(1);
    feed.restart();
    expect(sources).toHaveLength(2);
  });
});
