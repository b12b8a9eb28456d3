/** The line laid flat: a piece for each phase, filled as far as one has come. */

interface JourneyLineProps {
  percent: number;
  /** Screen readers hear this: "46 %, 1 of 4 phases done". */
  words: string;
  segments: { key: string; filled: number }[];
}

export function JourneyLine({ percent, words, segments }: JourneyLineProps) {
  return (
    <div
      role="progressbar"
      aria-label="Progress to go-live"
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={words}
      className="flex gap-1"
    >
      {segments.map(({ key, filled }) => (
        <svg key={key} className="h-2 min-w-0 flex-1 rounded-full" aria-hidden="true">
          <rect y="3" width="100%" height="2" className="fill-line-strong" />
          <rect
            width={`${Math.round(filled * 100)}%`}
            height="8"
            className={filled === 1 ? "fill-verdigris" : "fill-indigo"}
          />
        </svg>
      ))}
    </div>
  );
}
