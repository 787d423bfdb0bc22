/** Sent as `max_tokens`, which the API demands, for a model whose largest output is not known. */
export const USUAL_MAX_TOKENS = 4096;

/** The most tokens a model can write, by its name; the first that fits counts. */
const KNOWN: readonly (readonly [name: RegExp, tokens: number])[] = [
  [/claude-(opus|sonnet|haiku|fable)-5(?!\d)/, 128_000],
  [/claude-(opus-4-[678]|sonnet-4-6)(?!\d)/, 128_000],
  [/claude-(opus|sonnet|haiku)-4-5(?!\d)/, 64_000],
  [/claude-opus-4(?!\d)/, 32_000],
  [/claude-sonnet-4(?!\d)/, 64_000],
  [/claude-3-7-sonnet/, 64_000],
  [/claude-3-5-(sonnet|haiku)/, 8192],
];

/** The largest `max_tokens` that a model takes, or a safe one where that is not known. */
export function largestOutput(modelId: string): number {
  return KNOWN.find(([name]) => name.test(modelId))?.[1] ?? USUAL_MAX_TOKENS;
}
