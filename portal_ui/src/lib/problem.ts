/** What went wrong, in the server's own words: an RFC 9457 problem document as an Error. */

export interface FieldProblem {
  field: string;
  message: string;
}

interface Document {
  title?: string;
  detail?: string;
  reason?: string | null;
  errors?: FieldProblem[] | null;
}

export class Problem extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** A stable word to branch on, such as `stale_draft`; empty when the server gave none. */
  readonly reason: string;
  readonly fields: FieldProblem[];
  /** The whole document, for members only one operation knows. */
  readonly document: unknown;

  constructor(status: number, document: unknown) {
    const known = isObject(document) ? (document as Document) : {};
    super(known.detail || known.title || sentenceFor(status));
    this.name = "Problem";
    this.status = status;
    this.reason = known.reason ?? "";
    this.fields = known.errors ?? [];
    this.document = document;
  }

  /** What the server says about one field, or undefined. */
  field(name: string): string | undefined {
    return this.fields.find((each) => each.field === name)?.message;
  }
}

/** Any thrown value as a Problem: one without an answer becomes status 0. */
export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem(0, undefined);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function sentenceFor(status: number): string {
  if (status === 0) return "The server did not answer. Check the connection and try again.";
  if (status === 403) return "Your role does not allow this.";
  if (status === 404) return "There is nothing here, or you may not see it.";
  if (status === 429) return "Too many attempts. Wait a minute and try again.";
  return `The server could not do this (${status}). Nothing was changed.`;
}
