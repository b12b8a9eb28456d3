/** Keeps one answer in the AE's words as they type. */
import { type AnswerSaved, type HandoffAnswer, saveAnswer } from "@/client";
import type { Answer } from "@/features/forms/model/fields";
import { Autosave } from "@/lib/autosave";
import { asProblem, type Problem } from "@/lib/problem";

interface Told {
  /** The answer came to be another one elsewhere. */
  newer: (value: Answer) => void;
  saved: (value: Answer, saved: AnswerSaved) => void;
  refused: (problem: Problem) => void;
}

export class AnswerSaver {
  readonly autosave: Autosave<Answer>;
  private readonly question: string;
  private revision: number;

  constructor(
    shown: HandoffAnswer,
    private readonly tell: Told,
  ) {
    this.revision = shown.revision;
    this.question = shown.question;
    this.autosave = new Autosave(
      (value) => this.#save(value),
      shown.origin === "ae" ? shown.updated_at : undefined,
    );
  }

  /** What the server has now is shown when it is newer, and nothing here waits to be saved. */
  offer({ revision, value, origin, updated_at }: HandoffAnswer): void {
    if (revision <= this.revision || this.autosave.unsaved) return;
    this.revision = revision;
    this.autosave.settle(origin === "ae" ? updated_at : undefined);
    this.tell.newer(value);
  }

  async #save(value: Answer): Promise<string> {
    try {
      const { data } = await saveAnswer({
        path: { question: this.question },
        body: { value, revision: this.revision },
        // An answer is small enough to be saved by a page that is being closed.
        keepalive: true,
        throwOnError: true,
      });
      this.revision = data.revision;
      this.tell.saved(value, data);
      return data.updated_at;
    } catch (error) {
      this.tell.refused(asProblem(error));
      throw error;
    }
  }
}
