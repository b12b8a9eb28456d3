/** Is a failed reading worth repeating? */
import { asProblem } from "./problem";

/** A refusal will be repeated word for word; only silence and overload may pass. */
export function worthRepeating(error: unknown): boolean {
  const { status } = asProblem(error);
  return status === 0 || status === 502 || status === 503 || status === 504;
}
