/** Whom this browser was invited as: an id that says who, and lets nobody in. */

const STORED = "portal.contact";

/** From `/p/{contact_id}`. */
export function rememberContact(contactId: string): void {
  try {
    localStorage.setItem(STORED, contactId);
  } catch {
    return;
  }
}

export function rememberedContact(): string | undefined {
  try {
    return localStorage.getItem(STORED) ?? undefined;
  } catch {
    return undefined;
  }
}
