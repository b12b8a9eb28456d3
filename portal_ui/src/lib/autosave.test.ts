import { beforeEach, describe, expect, it, vi } from "vitest";
import { Autosave } from "./autosave";
import { Problem } from "./problem";

type Answer = { at: string } | { problem: Problem };

let sent: string[];
let answers: ((answer: Answer) => void)[];
let autosave: Autosave<string>;

/** The server answers the oldest request that is out. */
async function answer(with_: Answer = { at: "2026-11-22T14:02:00Z" }) {
  answers.shift()?.(with_);
  await vi.advanceTimersByTimeAsync(0);
}

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  answers = [];
  autosave = new Autosave((value) => {
    sent.push(value);
    return new Promise((resolve, reject) => {
      answers.push((given) => ("at" in given ? resolve(given.at) : reject(given.problem)));
    });
  });
});

describe("Autosave", () => {
  it("waits for a pause in the typing and sends the latest words", async () => {
    autosave.change("H");
    await vi.advanceTimersByTimeAsync(900);
    autosave.change("Hello");
    await vi.advanceTimersByTimeAsync(900);
    expect(sent).toEqual([]);
    expect(autosave.state.phase).toBe("typing");
    await vi.advanceTimersByTimeAsync(100);
    expect(sent).toEqual(["Hello"]);
    expect(autosave.state.phase).toBe("saving");
    await answer();
    expect(autosave.state).toEqual({ phase: "saved", at: "2026-11-22T14:02:00Z" });
    expect(autosave.unsaved).toBe(false);
  });

  it("has one request out at a time, and never loses what was typed meanwhile", async () => {
    autosave.change("one");
    await vi.advanceTimersByTimeAsync(1_000);
    autosave.change("two");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sent).toEqual(["one"]);
    await answer();
    expect(autosave.state.phase).toBe("typing");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toEqual(["one", "two"]);
    await answer();
    expect(autosave.state.phase).toBe("saved");
  });

  it("tries again by itself while nobody answers, slower each time", async () => {
    autosave.change("kept");
    await vi.advanceTimersByTimeAsync(1_000);
    await answer({ problem: new Problem(0, undefined) });
    expect(autosave.state.phase).toBe("waiting");
    expect(autosave.unsaved).toBe(true);
    await vi.advanceTimersByTimeAsync(2_000);
    await answer({ problem: new Problem(503, undefined) });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(sent).toHaveLength(3);
    await answer();
    expect(autosave.state.phase).toBe("saved");
  });

  it("does not repeat what was refused, until it is changed", async () => {
    autosave.change("bad");
    await vi.advanceTimersByTimeAsync(1_000);
    await answer({ problem: new Problem(422, undefined) });
    expect(autosave.state.phase).toBe("refused");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual(["bad"]);
    autosave.change("good");
    await vi.advanceTimersByTimeAsync(1_000);
    await answer();
    expect(autosave.state.phase).toBe("saved");
  });

  it("goes on with newer words when the older were refused", async () => {
    autosave.change("bad");
    await vi.advanceTimersByTimeAsync(1_000);
    autosave.change("good");
    await answer({ problem: new Problem(422, undefined) });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toEqual(["bad", "good"]);
  });
});

describe("flush", () => {
  it("sends at once and says whether all is saved", async () => {
    autosave.change("now");
    const flushed = autosave.flush();
    await answer();
    expect(await flushed).toBe(true);
    expect(sent).toEqual(["now"]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual(["now"]);
  });

  it("waits for the request that is out, then sends what came after it", async () => {
    autosave.change("one");
    await vi.advanceTimersByTimeAsync(1_000);
    autosave.change("two");
    const flushed = autosave.flush();
    await answer();
    await answer();
    expect(await flushed).toBe(true);
    expect(sent).toEqual(["one", "two"]);
  });

  it("says when the server said no", async () => {
    autosave.change("bad");
    const flushed = autosave.flush();
    await answer({ problem: new Problem(422, undefined) });
    expect(await flushed).toBe(false);
  });

  it("has nothing to do after a drop", async () => {
    autosave.change("gone");
    autosave.drop();
    expect(await autosave.flush()).toBe(true);
    expect(sent).toEqual([]);
  });
});

it("tells whoever listens", async () => {
  const listener = vi.fn();
  const leave = autosave.subscribe(listener);
  autosave.change("a");
  expect(listener).toHaveBeenCalledTimes(1);
  leave();
  autosave.change("b");
  expect(listener).toHaveBeenCalledTimes(1);
});
