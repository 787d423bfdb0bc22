/** An example to learn from. */
export interface Example {
  /** Null: none. */
  readonly system: string | null;
  readonly prompt: string;
  /** The completion, or the better one. */
  readonly completion: string;
  /** The worse one; null where there is one completion. */
  readonly rejected: string | null;
}

/** Where in a row an example stands. */
export interface ExampleColumns {
  readonly prompt: string;
  /** The completion, or the better one. */
  readonly completion: string;
  /** The worse one; null where there is one completion. */
  readonly rejected: string | null;
  /** The column of system messages; null: none has one of its own. */
  readonly system: string | null;
}

/** The texts of an example, each once. */
export function textsOf({ system, prompt, completion, rejected }: Example): readonly string[] {
  return [system, prompt, completion, rejected].filter((text) => text !== null);
}
