import type { JsonObject } from '../../core/json.ts';
import type { Usage } from '../../core/usage.ts';
import { finishReasonOf } from '../formats/finish-reason.ts';
import { countOf, objectOf, objectsOf, sumOf, textOf } from '../formats/json-reading.ts';
import type { AnswerFormat, ReadAnswer, ReadEvent } from '../provider.ts';

/** Gemini's generateContent; its stream sends the same bodies piece by piece. */
export const GEMINI_CONTENT: AnswerFormat = { streamFormat: 'events', readAnswer, readEvent };

function readAnswer(body: JsonObject): ReadAnswer {
  const candidates = objectsOf(body.candidates);
  return {
    texts: candidates.map(candidateText),
    finishReason: finishReasonOf(candidates[0]?.finishReason),
    model: textOf(body.modelVersion),
    usage: usageOf(body.usageMetadata),
    id: textOf(body.responseId),
    blocked: textOf(objectOf(body.promptFeedback).blockReason),
  };
}

function readEvent(event: JsonObject): ReadEvent {
  const { texts: _, usage, ...answer } = readAnswer(event);
  const deltas = objectsOf(event.candidates).map((candidate) => ({
    choice: countOf(candidate.index) ?? 0,
    text: candidateText(candidate),
  }));
  return { ...answer, deltas, ...(event.usageMetadata ? { usage } : {}) };
}

function candidateText(candidate: JsonObject): string {
  return objectsOf(objectOf(candidate.content).parts)
    .filter((part) => part.thought !== true)
    .map((part) => textOf(part.text) ?? '')
    .join('');
}

/** Gemini counts thoughts beside the candidates. */
function usageOf(value: unknown): Usage {
  const usage = objectOf(value);
  const reasoning = countOf(usage.thoughtsTokenCount);
  return {
    input: countOf(usage.promptTokenCount),
    cached: countOf(usage.cachedContentTokenCount),
    output: sumOf(usage.candidatesTokenCount ?? (reasoning === null ? null : 0), reasoning),
    reasoning,
  };
}
