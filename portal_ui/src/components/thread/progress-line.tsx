/** Progress as the line laid flat: solid as far as it is, a knot where it stands, dashed to the end. */

interface ProgressLineProps {
  /** 0 to 100. */
  percent: number;
  /** What it measures, for screen readers: "Progress of Blue Fern". */
  label: string;
}

export function ProgressLine({ percent, label }: ProgressLineProps) {
  const done = percent >= 100;
  const at = `${4 + percent * 0.92}%`;
  return (
    <div className="flex items-center gap-2">
      <svg
        role="progressbar"
        aria-label={label}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        className="h-3 w-16 shrink-0 overflow-visible 2xl:w-24"
      >
        <line
          x1={at}
          x2="96%"
          y1="6"
          y2="6"
          strokeWidth="1.5"
          strokeDasharray="3 3"
          className="stroke-line-strong"
        />
        <line
          x1="4%"
          x2={at}
          y1="6"
          y2="6"
          strokeWidth="3"
          strokeLinecap="round"
          className={done ? "stroke-verdigris" : "stroke-indigo"}
        />
        <circle
          cx={at}
          cy="6"
          r="4"
          strokeWidth="2"
          className={
            done
              ? "fill-verdigris stroke-verdigris"
              : percent > 0
                ? "fill-surface stroke-indigo"
                : "fill-surface stroke-line-strong"
          }
        />
      </svg>
      <span aria-hidden="true" className="w-10 text-end text-small text-muted tabular">
        {percent} %
      </span>
    </div>
  );
}
