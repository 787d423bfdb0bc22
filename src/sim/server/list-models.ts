import type { JsonObject } from '../../core/json.ts';

/** What is listed when every name is known. */
const ANY_MODEL = ['sim'];
const CREATED_SECONDS = 1_767_225_600;
const CREATED = '2026-01-01T00:00:00Z';

/** Lists of models in each vendor's form, by path; `/v1/models` serves OpenAI's and Anthropic's. */
const LISTS: Readonly<
  Record<string, (names: readonly string[], isAnthropic: boolean) => JsonObject>
> = {
  '/v1/models': (names, isAnthropic) => (isAnthropic ? anthropicList(names) : openaiList(names)),
  '/openai/v1/models': openaiList,
  '/v1beta/models': (names) => ({
    models: names.map((name) => ({
      name: `models/${name}`,
      displayName: name,
      inputTokenLimit: 1_000_000,
      outputTokenLimit: 65_536,
      supportedGenerationMethods: ['generateContent', 'countTokens'],
    })),
  }),
  '/api/tags': (names) => ({
    models: names.map((name) => ({
      name,
      model: name,
      modified_at: CREATED,
      size: 1_000_000_000,
      digest: '0'.repeat(64),
      details: { format: 'gguf', family: 'sim', parameter_size: '1B', quantization_level: 'Q4_0' },
    })),
  }),
};

/** Lists the models for a path that asks for it; undefined for any other path. */
export function listModels(
  path: string,
  names: readonly string[],
  isAnthropic: boolean,
): JsonObject | undefined {
  if (!Object.hasOwn(LISTS, path)) return undefined;
  return LISTS[path]?.(names.length > 0 ? names : ANY_MODEL, isAnthropic);
}

function openaiList(names: readonly string[]): JsonObject {
  return {
    object: 'list',
    data: names.map((id) => ({ id, object: 'model', created: CREATED_SECONDS, owned_by: 'sim' })),
  };
}

function anthropicList(names: readonly string[]): JsonObject {
  return {
    data: names.map((id) => ({ type: 'model', id, display_name: id, created_at: CREATED })),
    has_more: false,
    first_id: names[0] ?? null,
    last_id: names.at(-1) ?? null,
  };
}
