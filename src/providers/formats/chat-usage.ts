import type { JsonObject } from '../../core/json.ts';
import type { Usage } from '../../core/usage.ts';
import { countOf, objectOf } from './json-reading.ts';
import { withRare } from './rare-usage.ts';

/** Reads a usage of OpenAI's form and its dialects. */
export function chatUsage(value: unknown): Usage {
  const usage = objectOf(value);
  const inputDetails = objectOf(usage.prompt_tokens_details);
  const outputDetails = objectOf(usage.completion_tokens_details);
  const input = countOf(usage.prompt_tokens);
  const output = countOf(usage.completion_tokens);
  const reasoning = countOf(outputDetails.reasoning_tokens) ?? countOf(usage.reasoning_tokens);
  const cached =
    countOf(inputDetails.cached_tokens) ??
    countOf(usage.prompt_cache_hit_tokens) ??
    countOf(usage.cached_tokens) ??
    countOf(usage.cache_read_input_tokens);
  return withRare(
    { input, cached, output: withReasoning(usage, input, output, reasoning), reasoning },
    inputDetails.cache_write_tokens ??
      inputDetails.cache_creation_input_tokens ??
      inputDetails.cache_creation_tokens ??
      usage.cache_creation_input_tokens,
    undefined,
    inputDetails.audio_tokens,
    outputDetails.audio_tokens,
  );
}

/** Some servers count reasoning beside the completion; their own total tells. */
function withReasoning(
  usage: JsonObject,
  input: number | null,
  output: number | null,
  reasoning: number | null,
): number | null {
  if (input === null || output === null || !reasoning) return output;
  return countOf(usage.total_tokens) === input + output + reasoning ? output + reasoning : output;
}

const TICKS_A_DOLLAR = 1e10;

/**
 * What a server says that a call cost, in US dollars: `cost` as a number (what a middleman charged; with a key of the
 * user's own at the vendor, what that charged comes on top), or with its total inside, or by another name.
 */
export function chargedUsd(value: unknown): number | null {
  const usage = objectOf(value);
  const { cost } = usage;
  if (typeof cost === 'number') {
    const upstream =
      usage.is_byok === true
        ? countOf(objectOf(usage.cost_details).upstream_inference_cost)
        : undefined;
    const charged = countOf(cost);
    return charged === null ? null : charged + (upstream ?? 0);
  }
  const ticks = countOf(usage.cost_in_usd_ticks);
  return (
    countOf(objectOf(cost).total_cost) ??
    countOf(usage.estimated_cost) ??
    (ticks === null ? null : ticks / TICKS_A_DOLLAR)
  );
}
