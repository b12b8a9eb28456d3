/** Ask for a log-in link by e-mail. The answer is the same whether there is such a person or not. */
import { useMutation } from "@tanstack/react-query";
import { type AskForPortalLink, askForPortalLink } from "@/client";

export function useAskForLink() {
  return useMutation({
    mutationFn: async (body: AskForPortalLink) => (await askForPortalLink({ body, throwOnError: true })).data,
  });
}
