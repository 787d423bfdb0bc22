const UNIFIED: Readonly<Record<string, string>> = {
  stop: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  eos: 'stop',
  eos_token: 'stop',
  completed: 'stop',
  pause_turn: 'other',
  length: 'length',
  max_tokens: 'length',
  max_output_tokens: 'length',
  model_length: 'length',
  model_context_window_exceeded: 'length',
  continuation: 'length',
  content_filter: 'content_filter',
  refusal: 'content_filter',
  safety: 'content_filter',
  recitation: 'content_filter',
  blocklist: 'content_filter',
  prohibited_content: 'content_filter',
  spii: 'content_filter',
  image_safety: 'content_filter',
  image_prohibited_content: 'content_filter',
  image_recitation: 'content_filter',
  sensitive: 'content_filter',
  tool_calls: 'tool_calls',
  tool_use: 'tool_calls',
  function_call: 'tool_calls',
  error: 'error',
  abort: 'error',
  network_error: 'error',
  insufficient_system_resource: 'error',
  malformed_function_call: 'error',
  malformed_response: 'error',
  unexpected_tool_call: 'error',
  too_many_tool_calls: 'error',
  missing_thought_signature: 'error',
};

/**
 * Unifies a vendor's finish reason to `stop`, `length`, `content_filter`, `tool_calls` or `other`;
 * `error` where the server broke off by its own fault, which is no answer; null when there is none.
 */
export function finishReasonOf(reason: unknown): string | null {
  if (typeof reason !== 'string' || reason === '') return null;
  const word = reason.toLowerCase();
  return Object.hasOwn(UNIFIED, word) ? UNIFIED[word]! : 'other';
}
