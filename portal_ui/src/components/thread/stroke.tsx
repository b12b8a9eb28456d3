/** The three strokes of the line: behind, here, ahead. */

export type LineStyle = "done" | "active" | "upcoming";

export const STROKES: Record<
  LineStyle,
  { strokeWidth: number; strokeDasharray?: string; className: string }
> = {
  done: { strokeWidth: 3, className: "stroke-verdigris" },
  active: { strokeWidth: 3, className: "stroke-indigo" },
  upcoming: { strokeWidth: 2, strokeDasharray: "6 6", className: "stroke-line-strong" },
};

/** The piece of a vertical line from one row's knot to the next row's: both sit 22 px below their row's top. */
export function DownStroke({ line }: { line: LineStyle }) {
  return (
    <svg aria-hidden="true" className="pointer-events-none absolute start-4.75 top-5.5 z-10 h-full w-1">
      <line x1="2" x2="2" y1="0" y2="100%" {...STROKES[line]} />
    </svg>
  );
}
