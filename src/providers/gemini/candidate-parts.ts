import type { Media } from '../../core/answer-details.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { type ChoiceParts, partsOrNone, type ToolCallPart } from '../choice-parts.ts';
import { inputText } from '../formats/chat-parts.ts';
import { citationsOf } from '../formats/citation.ts';
import { objectOf, objectsOf, textOf } from '../formats/json-reading.ts';

/** What a candidate has besides its text. */
export function candidateParts(candidate: JsonObject): ChoiceParts | undefined {
  const parts = objectsOf(objectOf(candidate.content).parts);
  const { logprobsResult, citationMetadata, groundingMetadata } = candidate;
  if (!logprobsResult && !citationMetadata && !groundingMetadata && parts.every(isPlain)) {
    return undefined;
  }
  return partsOrNone({
    reasoning: parts
      .filter((part) => part.thought === true)
      .map((part) => textOf(part.text) ?? '')
      .join(''),
    toolCalls: toolCallsOf(parts),
    logprobs: logprobsOf(objectOf(logprobsResult)),
    citations: citationsIn(objectOf(citationMetadata)),
    sources: groundsIn(objectOf(groundingMetadata)),
    media: parts.map(mediaOf).filter((one) => one !== undefined),
  });
}

function isPlain({ thought, text }: JsonObject): boolean {
  return text !== undefined && thought !== true;
}

function toolCallsOf(parts: readonly JsonObject[]): ToolCallPart[] {
  return parts.flatMap(({ functionCall, executableCode, codeExecutionResult }): ToolCallPart[] => {
    if (isJsonObject(functionCall)) {
      const { id, name, args } = functionCall;
      const common = { id: textOf(id) ?? undefined, name: textOf(name) ?? undefined };
      return [{ ...common, arguments: inputText(args) ?? '{}' }];
    }
    if (isJsonObject(executableCode)) {
      const name = textOf(executableCode.language)?.toLowerCase() ?? 'code';
      return [{ type: 'code_execution', name, arguments: textOf(executableCode.code) ?? '' }];
    }
    if (isJsonObject(codeExecutionResult)) {
      return [{ type: 'code_execution', name: 'result', result: codeExecutionResult }];
    }
    return [];
  });
}

function mediaOf({ inlineData, fileData }: JsonObject): Media | undefined {
  const { mimeType, data, fileUri } = { ...objectOf(inlineData), ...objectOf(fileData) };
  const kind = textOf(mimeType);
  const bytes = textOf(data);
  const url = textOf(fileUri);
  if (bytes === null && url === null) return undefined;
  return {
    ...(kind !== null && { mimeType: kind }),
    ...(bytes !== null && { data: bytes }),
    ...(url !== null && { url }),
  };
}

function logprobsOf(result: JsonObject): readonly JsonValue[] {
  const top = objectsOf(result.topCandidates);
  return objectsOf(result.chosenCandidates).map((chosen, index) => {
    const likeliest = objectsOf(top[index]?.candidates).map(tokenOf);
    return { ...tokenOf(chosen), ...(likeliest.length > 0 && { top_logprobs: likeliest }) };
  });
}

function tokenOf({ token, tokenId, logProbability }: JsonObject): JsonObject {
  return {
    token: token ?? '',
    logprob: logProbability ?? null,
    ...(tokenId !== undefined && { id: tokenId }),
  };
}

function citationsIn({ citationSources, citations }: JsonObject) {
  return citationsOf(citationSources) ?? citationsOf(citations);
}

/** The pages that a search gave; the words which rest on each are Gemini's `groundingSupports`. */
function groundsIn({ groundingChunks }: JsonObject) {
  const pages = objectsOf(groundingChunks).map((chunk) => Object.values(chunk).find(isJsonObject));
  return citationsOf(pages);
}
