import type { AnswerChoice } from '../../core/answer-details.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Usage } from '../../core/usage.ts';
import { choiceOf } from '../choice-parts.ts';
import { finishReasonOf } from '../formats/finish-reason.ts';
import { countOf, objectOf, objectsOf, sumOf, textOf } from '../formats/json-reading.ts';
import { withRare } from '../formats/rare-usage.ts';
import type { AnswerFormat, CallFacts, ReadAnswer, ReadEvent } from '../provider.ts';
import { candidateParts } from './candidate-parts.ts';

/** Gemini's generateContent; its stream sends the same bodies piece by piece. */
export const GEMINI_CONTENT: AnswerFormat = { streamFormat: 'events', readAnswer, readEvent };

function readAnswer(body: JsonObject): ReadAnswer {
  const candidates = objectsOf(body.candidates);
  return {
    ...factsOf(body, candidates),
    texts: candidates.map(candidateText),
    choices: choicesOf(candidates),
    usage: usageOf(body.usageMetadata),
  };
}

function readEvent(event: JsonObject): ReadEvent {
  const candidates = objectsOf(event.candidates);
  const deltas = candidates.map((candidate) => {
    const choice = countOf(candidate.index) ?? 0;
    const found = candidateParts(candidate);
    const word = choice === 0 ? null : textOf(candidate.finishReason);
    const parts =
      word === null ? found : { ...found, finishReason: finishReasonOf(word), finishWord: word };
    return { choice, text: candidateText(candidate), parts };
  });
  const usage = event.usageMetadata ? { usage: usageOf(event.usageMetadata) } : {};
  return { ...factsOf(event, candidates), deltas, ...usage };
}

function factsOf(body: JsonObject, candidates: readonly JsonObject[]) {
  const word = textOf(candidates[0]?.finishReason);
  return {
    finishReason: finishReasonOf(word),
    finishWord: word,
    model: textOf(body.modelVersion),
    id: textOf(body.responseId),
    blocked: textOf(objectOf(body.promptFeedback).blockReason),
    serviceTier: textOf(objectOf(body.usageMetadata).serviceTier),
  } satisfies CallFacts;
}

function choicesOf(candidates: readonly JsonObject[]): readonly AnswerChoice[] | undefined {
  const parts = candidates.map(candidateParts);
  if (candidates.length < 2 && parts[0] === undefined) return undefined;
  return candidates.map(({ finishReason: word }, index) =>
    choiceOf({ ...parts[index], finishReason: finishReasonOf(word), finishWord: textOf(word) }),
  );
}

function candidateText(candidate: JsonObject): string {
  return objectsOf(objectOf(candidate.content).parts)
    .filter((part) => part.thought !== true)
    .map((part) => textOf(part.text) ?? '')
    .join('');
}

/** Gemini counts thoughts beside the candidates, and what its own tools read beside the prompt. */
function usageOf(value: unknown): Usage {
  const usage = objectOf(value);
  const reasoning = countOf(usage.thoughtsTokenCount);
  const common = {
    input: sumOf(usage.promptTokenCount, usage.toolUsePromptTokenCount),
    cached: countOf(usage.cachedContentTokenCount),
    output: sumOf(usage.candidatesTokenCount ?? (reasoning === null ? null : 0), reasoning),
    reasoning,
  };
  const inputAudio = soundIn(usage.promptTokensDetails);
  return withRare(common, 0, 0, inputAudio, soundIn(usage.candidatesTokensDetails));
}

function soundIn(details: unknown): unknown {
  return objectsOf(details).find(({ modality }) => modality === 'AUDIO')?.tokenCount;
}
