/** Saves what is typed a moment after the typing pauses: one request at a time, the latest words last, none lost. */
import { asProblem, type Problem } from "./problem";

export type SaveState =
  /** All that was typed is saved; `at` is when, by the server. */
  | { phase: "saved"; at: string | undefined }
  | { phase: "typing" }
  | { phase: "saving" }
  /** No answer; it will be tried again by itself. */
  | { phase: "waiting"; problem: Problem }
  /** The server said no: the next change tries again. */
  | { phase: "refused"; problem: Problem };

export interface Timers {
  set(callback: () => void, ms: number): unknown;
  clear(timer: unknown): void;
}

/** Stores a value; answers when it was stored. */
type Save<Value> = (value: Value) => Promise<string>;

const PAUSE_MS = 1_000;
const RETRY_MS = [2_000, 5_000, 10_000, 30_000] as const;

const realTimers: Timers = {
  set: (callback, ms) => setTimeout(callback, ms),
  clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};

export class Autosave<Value> {
  #state: SaveState;
  #unsent: { value: Value } | undefined;
  #inFlight: Promise<void> | undefined;
  #timer: unknown;
  #failures = 0;
  #listeners = new Set<() => void>();

  constructor(
    private readonly save: Save<Value>,
    savedAt?: string,
    private readonly timers: Timers = realTimers,
  ) {
    this.#state = { phase: "saved", at: savedAt };
  }

  get state(): SaveState {
    return this.#state;
  }

  /** Something typed has not reached the server. */
  get unsaved(): boolean {
    return this.#unsent !== undefined || this.#inFlight !== undefined;
  }

  change(value: Value): void {
    this.#unsent = { value };
    if (!this.#inFlight) this.#say({ phase: "typing" });
    this.#after(PAUSE_MS);
  }

  /** Sends at once what is unsent; true when everything is saved. */
  async flush(): Promise<boolean> {
    // Not a moment later when nothing is out: the page may be about to go.
    if (this.#inFlight) await this.#inFlight;
    this.timers.clear(this.#timer);
    await this.#send();
    return !this.unsaved;
  }

  /** Something newer than all that was typed here is shown, stored at that time. */
  settle(at: string | undefined): void {
    this.drop();
    this.#say({ phase: "saved", at });
  }

  /** Forgets what is unsent: it was sent another way, or is not wanted. */
  drop(): void {
    this.timers.clear(this.#timer);
    this.#unsent = undefined;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #after(ms: number): void {
    this.timers.clear(this.#timer);
    this.#timer = this.timers.set(() => void this.#send(), ms);
  }

  async #send(): Promise<void> {
    if (!this.#inFlight && this.#unsent) this.#inFlight = this.#request(this.#unsent);
    await this.#inFlight;
  }

  async #request(sent: { value: Value }): Promise<void> {
    this.#say({ phase: "saving" });
    try {
      const at = await this.save(sent.value);
      this.#failures = 0;
      if (this.#unsent === sent) this.#unsent = undefined;
      this.#settle(sent, { phase: "saved", at });
    } catch (error) {
      const problem = asProblem(error);
      const passes = mayPass(problem);
      this.#settle(sent, { phase: passes ? "waiting" : "refused", problem });
      if (passes && this.#unsent) {
        this.#after(RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)] ?? 30_000);
      }
    } finally {
      this.#inFlight = undefined;
    }
  }

  /** What was typed while the request was out goes next, whatever became of it. */
  #settle(sent: { value: Value }, state: SaveState): void {
    if (this.#unsent && this.#unsent !== sent) {
      this.#say({ phase: "typing" });
      this.#after(PAUSE_MS);
    } else {
      this.#say(
        this.#unsent ? state : { phase: "saved", at: state.phase === "saved" ? state.at : undefined },
      );
    }
  }

  #say(state: SaveState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** Silence, overload and a server that stumbled pass; a refusal is repeated word for word. */
function mayPass({ status }: Problem): boolean {
  return status === 0 || status === 429 || status >= 500;
}
