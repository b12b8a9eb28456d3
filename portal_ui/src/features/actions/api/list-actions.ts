/** The review inbox's actions, and how many of each kind wait. */
import { infiniteQueryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { listActions } from "@/client";
import { keys } from "@/lib/query";
import { hasAnswers, INBOX_STATES } from "../model/states";

const PAGE = 100;

function inboxQuery(mine: boolean) {
  return infiniteQueryOptions({
    queryKey: [...keys.actionList, { mine }],
    queryFn: async ({ signal, pageParam }) =>
      (
        await listActions({
          query: { status: INBOX_STATES, mine, limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) },
          signal,
          throwOnError: true,
        })
      ).data,
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor,
  });
}

export function useInbox(mine: boolean) {
  return useInfiniteQuery({ ...inboxQuery(mine), placeholderData: (previous) => previous });
}

/** What the rail shows beside Inbox. */
export function useInboxCount(): number | undefined {
  const { data } = useQuery({
    queryKey: keys.actionCounts,
    queryFn: async ({ signal }) =>
      (await listActions({ query: { status: ["READY"], limit: 1 }, signal, throwOnError: true })).data.counts,
  });
  const answers = useAnswersCount();
  return data && data.ready + data.uncertain + data.failed + answers;
}

/** Answers of customers that wait for somebody here, as far as one page shows. */
function useAnswersCount(): number {
  const { data } = useQuery({
    queryKey: [...keys.actionCounts, "answers"],
    queryFn: async ({ signal }) =>
      (await listActions({ query: { status: ["EXECUTED"], limit: PAGE }, signal, throwOnError: true })).data
        .items,
  });
  return data?.filter(hasAnswers).length ?? 0;
}
