import type { AnswerChoice, AnswerDetails, Media } from '../core/answer-details.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import { isStructuredLevel } from '../core/structured-output.ts';

/**
 * Writes what most answers do not have, as the further keys of an answer's JSON: each begins with a comma.
 */
export function detailsJson(details: AnswerDetails): string {
  const { rawFinishReason, serviceTier, structured, choices, choicesMissing, notes, raw } = details;
  const { consortium, preference } = details;
  let text = '';
  const add = (key: string, value: JsonValue | undefined) => {
    if (value !== undefined) text += `,"${key}":${JSON.stringify(value)}`;
  };
  add('raw_finish_reason', rawFinishReason);
  add('service_tier', serviceTier);
  add('structured', structured);
  add('choices', choices?.map(choiceToJson));
  add('choices_missing', choicesMissing);
  add('consortium', consortium);
  add('preference', preference);
  add('notes', notes);
  add('raw', raw);
  return text;
}

/** Reads what `detailsJson` wrote; undefined where there is nothing of it, as in lines of earlier versions. */
export function readDetails(json: JsonObject): AnswerDetails | undefined {
  const { raw_finish_reason: word, service_tier: tier, choices, choices_missing: missing } = json;
  const { notes, raw, structured: level, consortium, preference } = json;
  const panel = consortium ?? preference;
  const found = word ?? tier ?? level ?? choices ?? missing ?? panel ?? notes ?? raw;
  if (found === undefined) return undefined;
  return {
    ...(typeof word === 'string' && { rawFinishReason: word }),
    ...(typeof tier === 'string' && { serviceTier: tier }),
    ...(isStructuredLevel(level) && { structured: level }),
    ...(Array.isArray(choices) && { choices: choices.filter(isJsonObject).map(choiceFromJson) }),
    ...(typeof missing === 'number' && { choicesMissing: missing }),
    ...(isJsonObject(consortium) && { consortium }),
    ...(isJsonObject(preference) && { preference }),
    ...(Array.isArray(notes) && { notes: notes.filter((note) => typeof note === 'string') }),
    ...(raw !== undefined && { raw }),
  };
}

function choiceToJson(choice: AnswerChoice): JsonObject {
  const { finishReason, rawFinishReason, toolCalls, media, ...others } = choice;
  return {
    finish_reason: finishReason,
    ...(rawFinishReason !== undefined && { raw_finish_reason: rawFinishReason }),
    ...others,
    ...(toolCalls && { tool_calls: toolCalls as unknown as JsonValue }),
    ...(media && { media: media.map(mediaToJson) }),
  };
}

function choiceFromJson(json: JsonObject): AnswerChoice {
  const { finish_reason, raw_finish_reason, tool_calls, media, ...others } = json;
  return {
    ...others,
    finishReason: typeof finish_reason === 'string' ? finish_reason : null,
    ...(typeof raw_finish_reason === 'string' && { rawFinishReason: raw_finish_reason }),
    ...(Array.isArray(tool_calls) && { toolCalls: tool_calls as never }),
    ...(Array.isArray(media) && { media: media.filter(isJsonObject).map(mediaFromJson) }),
  };
}

function mediaToJson({ mimeType, ...others }: Media): JsonObject {
  return { ...(mimeType !== undefined && { mime_type: mimeType }), ...others };
}

function mediaFromJson({ mime_type, ...others }: JsonObject): Media {
  return { ...(typeof mime_type === 'string' && { mimeType: mime_type }), ...others };
}
