/** One id per thing a person decided, so that doing it again after silence, or twice in a hurry, counts once. */

export class DecisionIds {
  #ids = new Map<string, string>();

  constructor(private readonly newId: () => string = () => crypto.randomUUID()) {}

  /** The same id for the same decision, told apart by all that was said with it. */
  for(...said: unknown[]): string {
    const name = JSON.stringify(said);
    const id = this.#ids.get(name) ?? this.newId();
    this.#ids.set(name, id);
    return id;
  }
}
