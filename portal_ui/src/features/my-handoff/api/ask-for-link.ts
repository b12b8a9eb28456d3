/** Ask for a fresh link: it goes to the address on record, and the answer here is the same for everybody. */
import { useMutation } from "@tanstack/react-query";
import { type AskForHandoffLink, askForHandoffLink } from "@/client";

export function useAskForHandoffLink() {
  return useMutation({
    mutationFn: async (body: AskForHandoffLink) =>
      (await askForHandoffLink({ body, throwOnError: true })).data,
  });
}
