/** The customer's part of an action: the form as it was approved, and what they have sent. */
import { useQuery } from "@tanstack/react-query";
import { readResponse } from "@/client";
import { keys } from "@/lib/query";
import type { ActionId } from "../model/identity";

export function useResponse({ account_id, key }: ActionId) {
  return useQuery({
    queryKey: keys.response(account_id, key),
    queryFn: async ({ signal }) =>
      (await readResponse({ path: { account_id, key }, signal, throwOnError: true })).data,
  });
}
