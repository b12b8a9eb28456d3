/** Thread's own sign: a line that passes through a knot. */

export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 22 22" fill="none" aria-hidden="true" className="shrink-0">
      <path d="M0 11h6M16 11h6" strokeWidth="2.5" className="stroke-indigo" />
      <circle cx="11" cy="11" r="4.5" strokeWidth="2.5" className="stroke-indigo" />
    </svg>
  );
}
