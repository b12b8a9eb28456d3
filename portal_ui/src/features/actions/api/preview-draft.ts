/** Where the browser finds one draft exactly as its reader will see it, for a sandboxed frame. */
import type { PreviewDraftData } from "@/client";
import { client } from "@/client/client.gen";
import type { ActionId } from "../model/identity";

export function previewAddress({ account_id, key }: ActionId, draft_id: string): string {
  return client.buildUrl<PreviewDraftData>({
    url: "/api/accounts/{account_id}/actions/{key}/drafts/{draft_id}/preview",
    path: { account_id, key, draft_id },
  });
}
