/** The secret of a link stands behind its #, which no server is sent; it must not stay in the address bar either. */

interface Place {
  readonly hash: string;
  readonly pathname: string;
  readonly search: string;
}

interface Past {
  replaceState(state: unknown, title: string, address: string): void;
}

/** Takes the token out of the address; empty when there is none. It stays in memory alone. */
export function takeToken(place: Place = window.location, past: Past = window.history): string {
  const token = new URLSearchParams(place.hash.slice(1)).get("t")?.trim() ?? "";
  if (place.hash) past.replaceState(null, "", place.pathname + place.search);
  return token;
}
