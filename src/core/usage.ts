/** Tokens of a call as the provider counted them; null where it did not say. */
export interface Usage {
  /** Tokens of the prompt, cached ones included. */
  readonly input: number | null;
  /** Part of `input` that was read from the provider's cache. */
  readonly cached: number | null;
  /** Tokens of the completion, reasoning included. */
  readonly output: number | null;
  /** Part of `output` that was spent on reasoning. */
  readonly reasoning: number | null;
}

/** The usage of a call of which nothing is known. */
export const UNKNOWN_USAGE: Usage = { input: null, cached: null, output: null, reasoning: null };

/** Adds two usages; null and a number make the number. */
export function addUsage(left: Usage, right: Usage): Usage {
  return {
    input: addKnown(left.input, right.input),
    cached: addKnown(left.cached, right.cached),
    output: addKnown(left.output, right.output),
    reasoning: addKnown(left.reasoning, right.reasoning),
  };
}

function addKnown(left: number | null, right: number | null): number | null {
  if (left === null) return right;
  return right === null ? left : left + right;
}
