/** The handoff of this browser's session: null where there is none. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { type MyHandoff, readMyHandoff } from "@/client";
import { orNobody, publicKeys } from "@/lib/public-query";

const SOON_MS = 2_000;
const READ_AGAIN_MS = 20_000;

export const myHandoffQuery = queryOptions({
  queryKey: publicKeys.myHandoff,
  queryFn: ({ signal }) => orNobody(readMyHandoff({ signal, throwOnError: true })),
  refetchInterval: ({ state }) =>
    state.data ? (isBeingWritten(state.data) ? SOON_MS : READ_AGAIN_MS) : false,
  refetchOnWindowFocus: "always",
});

export function useMyHandoff() {
  return useQuery(myHandoffQuery);
}

function isBeingWritten({ status, answers }: MyHandoff): boolean {
  return status === "PREPARING" || answers.some(({ pending }) => pending);
}
