/** Keeps one stream of live events open and says whether it is: free of frameworks, used by worker and page. */
import type { LiveEvent } from "@/client";

/** What a change can be about; each is also the name of its server-sent event. */
const ENTITIES = [
  "account",
  "action",
  "draft",
  "milestone",
  "webhook_event",
  "member",
  "organization",
] as const;

export type FeedState = "connecting" | "live" | "paused";

export type FeedMessage =
  | { type: "status"; state: FeedState; since: number }
  | { type: "event"; event: LiveEvent }
  /** Events may have been missed: everything shown must be read again. */
  | { type: "reset" };

/** The part of an EventSource this file uses. */
export interface Source {
  readonly readyState: number;
  onopen: (() => void) | null;
  onerror: (() => void) | null;
  onmessage: ((message: { data: string }) => void) | null;
  addEventListener(type: string, listener: (message: { data: string }) => void): void;
  close(): void;
}

export interface Timers {
  now(): number;
  set(callback: () => void, ms: number): unknown;
  clear(timer: unknown): void;
}

const CLOSED = 2;
/** A reconnection shorter than this is not worth a line on the screen. */
const GRACE_MS = 4_000;
const REOPEN_MS = [1_000, 2_000, 5_000, 10_000, 30_000] as const;

export const realTimers: Timers = {
  now: () => Date.now(),
  set: (callback, ms) => setTimeout(callback, ms),
  clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};

export class LiveFeed {
  #source: Source | undefined;
  #status: { state: FeedState; since: number };
  #graceTimer: unknown;
  #reopenTimer: unknown;
  #failures = 0;

  constructor(
    private readonly open: () => Source,
    private readonly tell: (message: FeedMessage) => void,
    private readonly timers: Timers = realTimers,
  ) {
    this.#status = { state: "connecting", since: timers.now() };
  }

  get status(): FeedMessage {
    return { type: "status", ...this.#status };
  }

  /** Opens the stream, at once where a later attempt was planned; does nothing while one is open. */
  start(): void {
    if (this.#source) return;
    this.timers.clear(this.#reopenTimer);
    this.#reopenTimer = undefined;
    this.#armGrace();
    this.#connect();
  }

  /** Closes the stream; the next start begins anew. */
  stop(): void {
    this.#source?.close();
    this.#source = undefined;
    this.timers.clear(this.#graceTimer);
    this.timers.clear(this.#reopenTimer);
    this.#graceTimer = this.#reopenTimer = undefined;
    this.#failures = 0;
    this.#say("connecting");
  }

  /** For a new session: the old stream was opened with the old cookie. */
  restart(): void {
    this.stop();
    this.start();
  }

  #connect(): void {
    const source = this.open();
    this.#source = source;
    source.onopen = () => this.#opened();
    source.onerror = () => this.#failed(source);
    const receive = (message: { data: string }) => this.#received(message.data);
    source.onmessage = receive;
    for (const entity of ENTITIES) source.addEventListener(entity, receive);
    source.addEventListener("reset", () => this.tell({ type: "reset" }));
  }

  #opened(): void {
    // A stream the browser reopens by itself carries Last-Event-ID and misses nothing; one we open anew does not.
    if (this.#failures > 0) this.tell({ type: "reset" });
    this.#failures = 0;
    this.timers.clear(this.#graceTimer);
    this.#graceTimer = undefined;
    this.#say("live");
  }

  #failed(source: Source): void {
    this.#armGrace();
    if (source.readyState !== CLOSED || this.#source !== source) return;
    source.close();
    this.#source = undefined;
    const wait = REOPEN_MS[Math.min(this.#failures, REOPEN_MS.length - 1)] ?? 30_000;
    this.#failures += 1;
    this.#reopenTimer = this.timers.set(() => {
      this.#reopenTimer = undefined;
      this.#connect();
    }, wait);
  }

  #received(data: string): void {
    const event = parse(data);
    if (event) this.tell({ type: "event", event });
  }

  #armGrace(): void {
    if (this.#graceTimer !== undefined || this.#status.state === "paused") return;
    this.#graceTimer = this.timers.set(() => {
      this.#graceTimer = undefined;
      this.#say("paused");
    }, GRACE_MS);
  }

  #say(state: FeedState): void {
    if (state === this.#status.state) return;
    this.#status = { state, since: this.timers.now() };
    this.tell(this.status);
  }
}

function parse(data: string): LiveEvent | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === "object" && value !== null && "entity" in value
      ? (value as LiveEvent)
      : undefined;
  } catch {
    return undefined;
  }
}
