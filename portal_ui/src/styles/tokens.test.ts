import { describe, expect, it } from "vitest";
import css from "./tokens.css?raw";

type Mode = "light" | "dark";

/** WCAG 2 relative luminance of `#rrggbb`. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const pairs = [...css.matchAll(/--color-([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)];
const tokens = new Map(pairs.map(([, name, light, dark]) => [name, { light, dark }]));

function colour(name: string, mode: Mode): string {
  const value = tokens.get(name)?.[mode];
  if (!value) throw new Error(`no token ${name}`);
  return value;
}

const GROUNDS = ["canvas", "surface", "sunken"];
const DYES = ["indigo", "verdigris", "weld", "madder", "woad"];

describe.each(["light", "dark"] as const)("%s", (mode) => {
  const atLeast = (floor: number, above: string, below: string) => {
    const found = contrast(colour(above, mode), colour(below, mode));
    expect(found, `${above} on ${below}`).toBeGreaterThanOrEqual(floor);
  };

  it("has words that can be read on every ground", () => {
    for (const ground of GROUNDS) {
      for (const ink of ["ink", "muted", "faint"]) atLeast(4.5, ink, ground);
      for (const dye of DYES) atLeast(4.5, `${dye}-text`, ground);
      atLeast(3, "line-strong", ground);
    }
  });

  it.each(DYES)("dyes with %s so that words and strokes can be told apart", (dye) => {
    atLeast(4.5, `${dye}-text`, `${dye}-soft`);
    atLeast(4.5, `${dye}-on`, dye);
    atLeast(7, "ink", `${dye}-soft`);
    atLeast(4.5, "muted", `${dye}-soft`);
    for (const ground of GROUNDS) {
      atLeast(3, dye, ground);
      atLeast(3, `${dye}-line`, ground);
    }
  });
});
