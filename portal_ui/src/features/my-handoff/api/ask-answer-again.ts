/** Have one answer drafted again, with a wish. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { askAnswerAgain, type MyHandoff } from "@/client";
import { publicKeys } from "@/lib/public-query";

export interface AskAgain {
  question: string;
  instruction: string;
  /** One per click. */
  decision_id: string;
}

export function useAskAnswerAgain() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ question, ...body }: AskAgain) =>
      askAnswerAgain({ path: { question }, body, throwOnError: true }),
    // Shown as being written at once; the reading that follows every two seconds says when it is done.
    onSuccess: (_, { question }) =>
      queries.setQueryData<MyHandoff | null>(publicKeys.myHandoff, (handoff) =>
        handoff ? { ...handoff, answers: handoff.answers.map(pendingIf(question)) } : handoff,
      ),
  });
}

function pendingIf(question: string) {
  return (answer: MyHandoff["answers"][number]) =>
    answer.question === question ? { ...answer, pending: true } : answer;
}
