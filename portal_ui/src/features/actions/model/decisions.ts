/** What this tab has asked the server to do with each action, and how that went. */
import type { Problem } from "@/lib/problem";
import { type ActionId, idOf, type Shown, stampOf } from "./identity";

export type DecisionKind = "approve" | "edit" | "recall" | "retry" | "resolve" | "accept" | "return";

export type DecisionPhase =
  /** On its way to the server. */
  | "asking"
  /** The server keeps it; no worker has answered yet. */
  | "waiting"
  /** Taken; what is shown may not have caught up. */
  | "accepted"
  | "refused";

export interface Decision {
  kind: DecisionKind;
  phase: DecisionPhase;
  /** The server's words, when refused. */
  problem?: Problem;
  stamp: string;
}

/** Nobody has read a draft so soon after approving the one before. */
const PAUSE_MS = 800;

/** Ids and outcomes of decisions. One id per kind and showing, so that a double click is one decision. */
export class DecisionBook {
  #ids = new Map<string, string>();
  #latest = new Map<string, Decision>();
  #approved = new Map<string, ActionId>();
  #approvedAt = Number.NEGATIVE_INFINITY;
  #listeners = new Set<() => void>();

  constructor(
    private readonly newId: () => string = () => crypto.randomUUID(),
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** The id to send: the same until the action changes on the screen or the person says something else. */
  idFor(kind: DecisionKind, shown: Shown, said = ""): string {
    const name = `${kind}|${stampOf(shown)}|${said}`;
    const id = this.#ids.get(name) ?? this.newId();
    this.#ids.set(name, id);
    return id;
  }

  record(shown: Shown, kind: DecisionKind, phase: DecisionPhase, problem?: Problem): void {
    this.#latest.set(idOf(shown), { kind, phase, stamp: stampOf(shown), ...(problem ? { problem } : {}) });
    if (kind === "approve" && (phase === "accepted" || phase === "waiting")) {
      const { account_id, key } = shown;
      this.#approvedAt = this.now();
      this.#approved = new Map(this.#approved).set(idOf(shown), { account_id, key });
    }
    this.#tell();
  }

  /** The person has read the refusal. */
  dismiss(action: ActionId): void {
    this.#latest.delete(idOf(action));
    this.#tell();
  }

  /** The decision that still matters for what is shown: a refusal stays, anything else ends when the action moves on. */
  about(shown: Shown): Decision | undefined {
    const decision = this.#latest.get(idOf(shown));
    if (!decision || decision.phase === "refused") return decision;
    return decision.stamp === stampOf(shown) ? decision : undefined;
  }

  /** Actions approved in this tab: the inbox keeps showing them until they are sent and seen. */
  get approved(): ReadonlyMap<string, ActionId> {
    return this.#approved;
  }

  /** Milliseconds until another draft may be approved: the second half of a double click must not approve the next one. */
  get pause(): number {
    return Math.max(0, this.#approvedAt + PAUSE_MS - this.now());
  }

  forgetApproved(): void {
    if (this.#approved.size === 0) return;
    this.#approved = new Map();
    this.#tell();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
