/** A state drawn as a knot on the line. Shape carries the meaning, colour repeats it, a word always stands beside it. */

export type KnotKind =
  | "done"
  | "active"
  | "upcoming"
  | "us"
  | "customer"
  | "working"
  | "blocked"
  | "question"
  | "failed"
  | "skipped";

export function Knot({ kind, size = 16 }: { kind: KnotKind; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      aria-hidden="true"
      className="block shrink-0"
    >
      {SHAPES[kind]}
    </svg>
  );
}

const ring = (colour: string) => (
  <circle cx="8" cy="8" r="5.5" strokeWidth="2" className={`fill-surface ${colour}`} />
);

const SHAPES: Record<KnotKind, React.ReactNode> = {
  done: (
    <>
      <circle cx="8" cy="8" r="7" className="fill-verdigris" />
      <path
        d="M4.8 8.3 7 10.4l4.2-4.6"
        pathLength="1"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
        className="knot-tie stroke-verdigris-on"
      />
    </>
  ),
  active: (
    <>
      <circle cx="8" cy="8" r="7" strokeWidth="1.5" className="fill-surface stroke-indigo-line" />
      <circle cx="8" cy="8" r="4" className="fill-indigo" />
    </>
  ),
  upcoming: ring("stroke-line-strong"),
  us: (
    <>
      {ring("stroke-indigo-line")}
      <path d="M8 2.5a5.5 5.5 0 0 0 0 11Z" className="fill-indigo" />
    </>
  ),
  customer: (
    <>
      {ring("stroke-indigo-line")}
      <path d="M8 2.5a5.5 5.5 0 0 1 0 11Z" className="fill-indigo" />
    </>
  ),
  working: (
    <>
      {ring("stroke-line")}
      <circle
        cx="8"
        cy="8"
        r="5.5"
        pathLength="100"
        strokeWidth="2"
        strokeLinecap="round"
        className="knot-travel stroke-indigo"
      />
    </>
  ),
  blocked: <rect x="2.5" y="2.5" width="11" height="11" rx="2" className="fill-madder" />,
  question: (
    <>
      <circle cx="8" cy="8" r="7" className="fill-weld" />
      <path
        d="M6 6.4a2 2 0 1 1 2.9 1.8c-.6.3-.9.6-.9 1.2"
        strokeWidth="1.5"
        strokeLinecap="round"
        className="stroke-weld-on"
      />
      <circle cx="8" cy="11.6" r="0.9" className="fill-weld-on" />
    </>
  ),
  failed: (
    <path
      d="m3.5 3.5 9 9m0-9-9 9"
      strokeWidth="2.5"
      strokeLinecap="round"
      className="fill-none stroke-madder"
    />
  ),
  skipped: (
    <>
      <circle cx="8" cy="8" r="4" strokeWidth="1.5" className="fill-surface stroke-line-strong" />
      <path d="m4 12 8-8" strokeWidth="1.5" strokeLinecap="round" className="stroke-line-strong" />
    </>
  ),
};
