/** An answer that can be compared: of an item, to a prompt. */
export interface AnswerToPair {
  readonly item: string;
  /** What was asked; answers are compared only under one prompt. Default: all under the same one. */
  readonly prompt?: string | undefined;
  /** The answer itself; only the strategy `distant` looks at it. */
  readonly text?: string | undefined;
}

/** A prompt and the items that have an answer to it. */
export interface PromptAnswers {
  readonly prompt: string | null;
  /** Positions in `PairSpace.items`, in the order of the input; each once. */
  readonly members: readonly number[];
  readonly texts: readonly string[];
}

/** All that can be paired. */
export interface PairSpace {
  readonly items: readonly string[];
  readonly prompts: readonly PromptAnswers[];
  /** Answers left out because the item already had one to the same prompt. */
  readonly repeatedAnswers: number;
}

/** A pair of items under a prompt, sides not decided yet. */
export interface UnsidedPair {
  /** Position in `PairSpace.prompts`. */
  readonly prompt: number;
  readonly a: number;
  readonly b: number;
}

/** Sorts answers by prompt, both in order of first appearance. */
export function pairSpace(answers: Iterable<AnswerToPair>): PairSpace {
  const items = new Map<string, number>();
  const prompts = new Map<string | null, { texts: Map<number, string> }>();
  let repeatedAnswers = 0;
  for (const answer of answers) {
    const item = items.get(answer.item) ?? items.size;
    items.set(answer.item, item);
    const name = answer.prompt ?? null;
    const prompt = prompts.get(name) ?? { texts: new Map<number, string>() };
    prompts.set(name, prompt);
    if (prompt.texts.has(item)) repeatedAnswers += 1;
    else prompt.texts.set(item, answer.text ?? '');
  }
  return {
    items: [...items.keys()],
    prompts: [...prompts].map(([prompt, { texts }]) => ({
      prompt,
      members: [...texts.keys()],
      texts: [...texts.values()],
    })),
    repeatedAnswers,
  };
}
