/** Where the customer's onboarding stands: null while nobody is signed in. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { readPortal } from "@/client";
import { orNobody, publicKeys } from "@/lib/public-query";

/** The account may move at any moment, and an answer costs its server milliseconds. */
const READ_AGAIN_MS = 8_000;

export const portalQuery = queryOptions({
  queryKey: publicKeys.portal,
  queryFn: ({ signal }) => orNobody(readPortal({ signal, throwOnError: true })),
  refetchInterval: ({ state }) => (state.data ? READ_AGAIN_MS : false),
  refetchOnWindowFocus: "always",
});

export function usePortal() {
  return useQuery(portalQuery);
}
