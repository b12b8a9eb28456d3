/** How tall is an e-mail? A sandboxed frame can't be measured, so its text is: better a little tall than a second scrollbar. */

const LINE_PX = 24;
const GAP_PX = 16;
const MARGIN_PX = 96;
const CHARACTERS_PER_LINE = 46;
const TALLEST_PX = 4_000;

export function previewHeight(text: string): number {
  const lines = text.trim().split("\n");
  const height = lines.reduce(
    (sum, line) => sum + (line ? Math.ceil(line.length / CHARACTERS_PER_LINE) * LINE_PX : GAP_PX),
    MARGIN_PX,
  );
  return Math.min(TALLEST_PX, height);
}
