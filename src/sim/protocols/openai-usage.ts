import type { JsonObject } from '../../core/json.ts';
import type { Reply } from './protocol.ts';

/** The usage block of chat and text completions. */
export function completionUsage(reply: Reply): JsonObject {
  return {
    prompt_tokens: reply.inputTokens,
    completion_tokens: reply.outputTokens,
    total_tokens: reply.inputTokens + reply.outputTokens,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

/** The fields with which every OpenAI completion object begins. */
export function completionHead(reply: Reply, prefix: string, object: string): JsonObject {
  return {
    id: `${prefix}-${reply.id}`,
    object,
    created: Math.floor(reply.createdMs / 1000),
    ...(reply.model !== null && { model: reply.model }),
    system_fingerprint: 'fp_simulated',
  };
}

/** Whether a stream is asked to end with its usage. */
export function asksForUsage(body: JsonObject): boolean {
  const options = body.stream_options as JsonObject | undefined;
  return options?.include_usage === true;
}
