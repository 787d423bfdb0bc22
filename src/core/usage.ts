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
  /** Part of `input` that was written into the provider's cache; absent if none was. */
  readonly cacheWrite?: number | undefined;
  /** Part of `cacheWrite` that is kept for an hour, which costs more. */
  readonly cacheWriteHour?: number | undefined;
  /** Part of `input` that was sound. */
  readonly inputAudio?: number | undefined;
  /** Part of `output` that was sound. */
  readonly outputAudio?: number | undefined;
}

/** The parts that few usages have. */
export const RARE_USAGE = ['cacheWrite', 'cacheWriteHour', 'inputAudio', 'outputAudio'] as const;

/** The usage of a call of which nothing is known. */
export const UNKNOWN_USAGE: Usage = { input: null, cached: null, output: null, reasoning: null };

/** Adds two usages; null and a number make the number. */
export function addUsage(left: Usage, right: Usage): Usage {
  const sum = {
    input: addKnown(left.input, right.input),
    cached: addKnown(left.cached, right.cached),
    output: addKnown(left.output, right.output),
    reasoning: addKnown(left.reasoning, right.reasoning),
  };
  if (!hasRareUsage(left) && !hasRareUsage(right)) return sum;
  const rare = RARE_USAGE.filter((name) => (left[name] ?? right[name]) !== undefined);
  const sums = rare.map((name) => [name, (left[name] ?? 0) + (right[name] ?? 0)]);
  return { ...sum, ...Object.fromEntries(sums) };
}

/** True for a usage with parts that few have. */
export function hasRareUsage(usage: Usage): boolean {
  return (
    usage.cacheWrite !== undefined ||
    usage.cacheWriteHour !== undefined ||
    usage.inputAudio !== undefined ||
    usage.outputAudio !== undefined
  );
}

function addKnown(left: number | null, right: number | null): number | null {
  if (left === null) return right;
  return right === null ? left : left + right;
}
