/** One form with what was typed so far; another device's typing is noticed. */
import { useQuery } from "@tanstack/react-query";
import { readForm } from "@/client";
import { publicKeys } from "@/lib/public-query";

const READ_AGAIN_MS = 15_000;

export function useForm(actionKey: string) {
  return useQuery({
    queryKey: publicKeys.form(actionKey),
    queryFn: async ({ signal }) =>
      (await readForm({ path: { action_key: actionKey }, signal, throwOnError: true })).data,
    refetchInterval: READ_AGAIN_MS,
    refetchOnWindowFocus: "always",
  });
}
