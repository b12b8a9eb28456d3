/** An organisation's one colour as a palette in which everything can be read, light and dark. */
import { contrast, type Oklch, toHex, toOklch } from "./colour";

/** A fill, what stands on it, words, strokes, and a soft ground: the parts `tokens.css` has for every dye. */
export interface Palette {
  fill: string;
  on: string;
  text: string;
  line: string;
  soft: string;
}

type Mode = "light" | "dark";

/** The ground of tokens.css on which contrast is worst. */
const WORST_GROUND = { light: "#efefec", dark: "#191c20" } as const;
const ON = { light: "#ffffff", dark: "#0f111a" } as const;
const STORED = "portal.brand";

export function paletteOf(hex: string, mode: Mode): Palette {
  const brand = toOklch(hex);
  const ground = WORST_GROUND[mode];
  const on = ON[mode];
  const soft = toHex(
    mode === "light" ? { ...brand, l: 0.955, c: brand.c * 0.14 } : { ...brand, l: 0.28, c: brand.c * 0.3 },
  );
  const fill = nearest(brand, mode, (it) => contrast(it, on) >= 4.5 && contrast(it, ground) >= 3);
  const isText = (it: string) => [ground, soft, on].every((beneath) => contrast(it, beneath) >= 4.6);
  const text = nearest(toOklch(fill), mode, isText);
  const line = nearest(brand, mode, (it) => contrast(it, ground) >= 3.1 && contrast(it, soft) >= 3.1);
  return { fill, on, text, line, soft };
}

/** Hue stays; lightness moves away from the ground in small steps until the colour serves. */
function nearest(from: Oklch, mode: Mode, serves: (hex: string) => boolean): string {
  const step = mode === "light" ? -0.01 : 0.01;
  for (let l = from.l; l > 0 && l < 1; l += step) {
    const hex = toHex({ ...from, l });
    if (serves(hex)) return hex;
  }
  return mode === "light" ? "#000000" : "#ffffff";
}

/** Dress the page in the organisation's colour, and remember it for the next visit's first moment. */
export function applyBrand(hex: string): void {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) return;
  const [light, dark] = [paletteOf(hex, "light"), paletteOf(hex, "dark")];
  const { style } = document.documentElement;
  const set = (name: string, part: keyof Palette) =>
    style.setProperty(`--color-indigo${name}`, `light-dark(${light[part]}, ${dark[part]})`);
  set("", "fill");
  set("-on", "on");
  set("-text", "text");
  set("-line", "line");
  set("-soft", "soft");
  style.setProperty("--color-brand", hex);
  try {
    localStorage.setItem(STORED, hex);
  } catch {
    // A browser that keeps nothing shows the colour a moment later next time.
  }
}

export function applyRememberedBrand(): void {
  try {
    applyBrand(localStorage.getItem(STORED) ?? "");
  } catch {
    return;
  }
}
