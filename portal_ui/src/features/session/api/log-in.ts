/** E-mail and password become a session; a person in several organisations is asked which one. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ChooseOrganization, logIn, type LogIn, type Named } from "@/client";
import type { Problem } from "@/lib/problem";
import { keys } from "@/lib/query";

export function useLogIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: LogIn) => (await logIn({ body, throwOnError: true })).data,
    onSuccess: (me) => queries.setQueryData(keys.session, me),
  });
}

/** The organisations to choose from, when that is what the refusal asks for. */
export function organizationsIn(problem: Problem | null): Named[] {
  if (problem?.status !== 409) return [];
  return (problem.document as Partial<ChooseOrganization>).organizations ?? [];
}
