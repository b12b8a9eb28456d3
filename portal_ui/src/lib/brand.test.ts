import { describe, expect, it } from "vitest";
import tokens from "@/styles/tokens.css?raw";
import { paletteOf } from "./brand";
import { contrast, toHex, toOklch } from "./colour";

const at = { light: 1, dark: 2 } as const;

function token(name: string, mode: keyof typeof at): string {
  return new RegExp(`--color-${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(tokens)?.[at[mode]] ?? "";
}

function* colours(): Generator<string> {
  const steps = ["00", "24", "49", "6d", "92", "b6", "db", "ff"];
  for (const r of steps) for (const g of steps) for (const b of steps) yield `#${r}${g}${b}`;
}

it("comes back from OKLCH as it went", () => {
  for (const hex of colours()) expect(toHex(toOklch(hex))).toBe(hex);
});

describe.each(["light", "dark"] as const)("any brand, %s", (mode) => {
  const grounds = ["canvas", "surface", "sunken"].map((name) => token(name, mode));

  it("can be read, and seen as a shape", () => {
    for (const hex of colours()) {
      const { fill, on, text, line, soft } = paletteOf(hex, mode);
      expect(contrast(on, fill), `${hex}: words on the fill`).toBeGreaterThanOrEqual(4.5);
      // A pressed button is filled with the colour of words.
      expect(contrast(on, text), `${hex}: words on a pressed button`).toBeGreaterThanOrEqual(4.5);
      for (const ground of [...grounds, soft]) {
        expect(contrast(text, ground), `${hex}: words on ${ground}`).toBeGreaterThanOrEqual(4.5);
        expect(contrast(line, ground), `${hex}: strokes on ${ground}`).toBeGreaterThanOrEqual(3);
      }
      for (const ground of grounds) expect(contrast(fill, ground)).toBeGreaterThanOrEqual(3);
      expect(contrast(token("ink", mode), soft), `${hex}: ink on soft`).toBeGreaterThanOrEqual(7);
      expect(contrast(token("muted", mode), soft), `${hex}: muted on soft`).toBeGreaterThanOrEqual(4.5);
    }
  });
});

it("leaves a colour alone that serves as it is", () => {
  expect(paletteOf("#0b6e4f", "light").fill).toBe("#0b6e4f");
});
