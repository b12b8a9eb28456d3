/** What time is it on the server? Countdowns to a server's moment must not trust a wrong local clock. */

const TOLERANCE_MS = 2_000;
let offsetMs = 0;

/** Learn the server's clock from a response's Date header, which is whole seconds. */
export function learnServerTime(header: string | null, localNow = Date.now()): void {
  const server = header ? Date.parse(header) : Number.NaN;
  if (Number.isNaN(server)) return;
  const difference = server - localNow;
  offsetMs = Math.abs(difference) > TOLERANCE_MS ? difference : 0;
}

/** Milliseconds since 1970 by the server's clock. */
export function serverNow(localNow = Date.now()): number {
  return localNow + offsetMs;
}
