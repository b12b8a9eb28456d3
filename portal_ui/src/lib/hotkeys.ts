/** Which command does a key press mean? Free of frameworks: single letters act only outside text fields. */

/** A key as `event.key`, lower case (`j`, `escape`, `?`), `mod+s` for ⌘ or Ctrl, two in a row: `g i`, or `escape in field`. */
export type Bindings = Record<string, (() => void) | undefined>;

/** The part of a KeyboardEvent this file reads. */
export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  repeat?: boolean;
  defaultPrevented?: boolean;
  target: unknown;
}

const SEQUENCE_MS = 1_200;
const STORED = "thread.single-keys";

/** Whether single-letter shortcuts act at all; people who speak to their computer switch them off. */
export function singleKeysOn(): boolean {
  return localStorage.getItem(STORED) !== "off";
}

export function setSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(STORED);
  else localStorage.setItem(STORED, "off");
}

/** A matcher with a memory for the first half of a sequence. */
export function makeMatcher(singleKeys: () => boolean, now: () => number = Date.now) {
  let first = "";
  let firstAt = 0;
  return (press: Press, bindings: Bindings): (() => void) | undefined => {
    if (press.defaultPrevented || press.altKey || press.repeat) return undefined;
    const key = press.key.toLowerCase();
    if (press.ctrlKey || press.metaKey) return bindings[`mod+${key}`];
    if (isTyping(press.target)) return key === "escape" ? bindings["escape in field"] : undefined;
    if (key.length === 1 && !singleKeys()) return undefined;
    const pair = now() - firstAt < SEQUENCE_MS ? bindings[`${first} ${key}`] : undefined;
    first = pair ? "" : key;
    firstAt = now();
    return pair ?? bindings[key];
  };
}

/** Is the press inside something that takes text? */
export function isTyping(target: unknown): boolean {
  const element = target as { tagName?: string; isContentEditable?: boolean } | null;
  if (!element?.tagName) return false;
  return element.isContentEditable === true || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
}
