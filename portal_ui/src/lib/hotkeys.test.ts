import { describe, expect, it, vi } from "vitest";
import { makeMatcher, type Press } from "./hotkeys";

const BODY = { tagName: "BODY" };
const FIELD = { tagName: "TEXTAREA" };

function press(key: string, more: Partial<Press> = {}): Press {
  return { key, ctrlKey: false, metaKey: false, altKey: false, target: BODY, ...more };
}

describe("single keys", () => {
  it("act outside text fields only, whatever the case", () => {
    const match = makeMatcher(() => true);
    const approve = vi.fn();
    expect(match(press("a"), { a: approve })).toBe(approve);
    expect(match(press("A"), { a: approve })).toBe(approve);
    expect(match(press("a", { target: FIELD }), { a: approve })).toBeUndefined();
    expect(match(press("a", { target: { tagName: "P", isContentEditable: true } }), { a: approve })).toBe(
      undefined,
    );
  });

  it("let Escape leave a field", () => {
    const match = makeMatcher(() => true);
    const [close, leave] = [vi.fn(), vi.fn()];
    const bindings = { escape: close, "escape in field": leave };
    expect(match(press("Escape", { target: FIELD }), bindings)).toBe(leave);
    expect(match(press("Escape"), bindings)).toBe(close);
  });

  it("leave the browser's own combinations and held keys alone", () => {
    const match = makeMatcher(() => true);
    const approve = vi.fn();
    expect(match(press("a", { ctrlKey: true }), { a: approve })).toBeUndefined();
    expect(match(press("a", { altKey: true }), { a: approve })).toBeUndefined();
    expect(match(press("a", { repeat: true }), { a: approve })).toBeUndefined();
  });

  it("can be switched off, and named keys stay", () => {
    const match = makeMatcher(() => false);
    const back = vi.fn();
    expect(match(press("j"), { j: vi.fn() })).toBeUndefined();
    expect(match(press("Escape"), { escape: back })).toBe(back);
  });
});

describe("combinations and sequences", () => {
  it("work inside text fields with the modifier", () => {
    const match = makeMatcher(() => true);
    const save = vi.fn();
    expect(match(press("s", { metaKey: true, target: FIELD }), { "mod+s": save })).toBe(save);
  });

  it("take two keys in a row within a moment", () => {
    let time = 0;
    const match = makeMatcher(
      () => true,
      () => time,
    );
    const toInbox = vi.fn();
    const bindings = { "g i": toInbox };
    expect(match(press("g"), bindings)).toBeUndefined();
    expect(match(press("i"), bindings)).toBe(toInbox);
    expect(match(press("g"), bindings)).toBeUndefined();
    time += 5_000;
    expect(match(press("i"), bindings)).toBeUndefined();
  });
});
