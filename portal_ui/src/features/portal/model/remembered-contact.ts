/** Whom this browser was invited as: an id that says who, and lets nobody in. */

const STORED = "portal.contact";

export function isContactId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

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
