/** One action with the draft to review, its versions and why it is here. */
import { queryOptions, useQueries, useQuery } from "@tanstack/react-query";
import { type ActionDetail, readAction } from "@/client";
import { keys } from "@/lib/query";
import type { ActionId } from "../model/identity";

export function actionQuery({ account_id, key }: ActionId) {
  return queryOptions({
    queryKey: keys.action(account_id, key),
    queryFn: async ({ signal }) =>
      (await readAction({ path: { account_id, key }, signal, throwOnError: true })).data,
  });
}

export function useAction(action: ActionId) {
  return useQuery(actionQuery(action));
}

/** Those of several actions that have been read so far. */
export function useActions(actions: ActionId[]): ActionDetail[] {
  return useQueries({
    queries: actions.map(actionQuery),
    combine: (results) => results.flatMap(({ data }) => data ?? []),
  });
}
