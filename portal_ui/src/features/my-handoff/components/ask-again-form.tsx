/** One line that says what the new draft should do better. */
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { asProblem } from "@/lib/problem";
import { useAskAnswerAgain } from "../api/ask-answer-again";

interface AskAgainFormProps {
  question: string;
  /** What is typed goes first, so that it is not lost. */
  beforeAsking: () => Promise<unknown>;
  onClose: () => void;
}

export function AskAgainForm({ question, beforeAsking, onClose }: AskAgainFormProps) {
  const ask = useAskAnswerAgain();
  const [instruction, setInstruction] = useState("");
  // The same wish asked twice by accident counts once; another one is another.
  const [ids] = useState(() => new Map<string, string>());

  const send = async (event: FormEvent) => {
    event.preventDefault();
    await beforeAsking();
    const decision_id = ids.get(instruction) ?? crypto.randomUUID();
    ids.set(instruction, decision_id);
    ask.mutate({ question, instruction: instruction.trim(), decision_id }, { onSuccess: onClose });
  };

  return (
    <form onSubmit={send} aria-label="Draft this answer again" className="mt-2 rounded-control bg-sunken p-4">
      <Field
        label="What should be different? (optional)"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person has just asked for this field
        autoFocus
        maxLength={500}
        placeholder="Shorter, and mention the deadline"
        value={instruction}
        error={ask.error ? asProblem(ask.error).message : undefined}
        onChange={(event) => setInstruction(event.target.value)}
      />
      <div className="mt-3 flex gap-2">
        <Button type="submit" weight="primary" disabled={ask.isPending}>
          {ask.isPending ? "Asking" : "Draft again"}
        </Button>
        <Button weight="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
