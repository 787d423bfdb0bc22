import type { IncomingHttpHeaders } from 'node:http';
import type { AnswerChoice, AnswerDetails } from '../core/answer-details.ts';
import { parseExactJson } from '../core/exact-json.ts';
import type { JsonValue } from '../core/json.ts';
import type { GenerateRequest, Generation } from '../core/model.ts';
import type { StructuredLevel } from '../core/structured-output.ts';
import { hasRareUsage, UNKNOWN_USAGE, type Usage } from '../core/usage.ts';
import { isAnotherWord } from './choice-parts.ts';
import type { Bill } from './endpoint-link.ts';
import type { ModelLink } from './endpoint-model.ts';
import type { ReadAnswer } from './provider.ts';
import { requestIdOf } from './request-id.ts';

/** What came of a call. */
export interface CameIn {
  readonly answer: ReadAnswer;
  /** The body, or the events of a stream, as they were written; undefined if they are not kept. */
  readonly raw: string | readonly string[] | undefined;
  readonly headers: IncomingHttpHeaders;
  /** What is to be told of how it was asked; undefined if nothing. */
  readonly note?: string | undefined;
  /** How it was bound to a schema; undefined where none was asked for. */
  readonly level?: StructuredLevel | undefined;
}

/** Makes what the caller gets of what was read: without secrets, with its cost. A promise only while prices are loaded. */
export function generationOf(
  { endpoint, address, shownName }: ModelLink,
  request: GenerateRequest,
  { answer, raw, headers, note, level }: CameIn,
): Generation | Promise<Generation> {
  const { texts, finishReason, model, id } = answer;
  const { usage, notes: strange = [] } = believable(answer.usage);
  const told = note === undefined ? strange : [note, ...strange];
  const notes = told.length > 0 ? told : undefined;
  const { secrets } = endpoint;
  const redact = (text: string) => secrets.redact(text);
  let isCut = false;
  const redactAnswer = (text: string) => {
    const shown = secrets.redactAnswer(text);
    isCut ||= shown !== text;
    return shown;
  };
  const shownTexts = texts.map(redactAnswer);
  const found = detailsOf(answer, request, { raw, notes, level, redact, redactAnswer });
  const details = isCut ? { ...found, notes: [...(found?.notes ?? []), KEY_WAS_CUT] } : found;
  const shownId = requestIdOf(headers) ?? id;
  const generation = (costUsd: number | null): Generation => ({
    texts: shownTexts,
    finishReason,
    model: model === null ? null : shownName(model),
    usage,
    costUsd,
    requestId: shownId === null ? null : redact(shownId),
    details,
  });
  const cost = endpoint.cost([model, address.id], usage, billOf(answer, headers));
  if (typeof cost === 'number' || cost === null) return generation(cost);
  return cost.then(generation);
}

/** What the body says that it cost comes before what its head says. */
function billOf(answer: ReadAnswer, headers: IncomingHttpHeaders): Bill {
  if (answer.chargedUsd != null) return answer;
  const chargedUsd = chargedInHead(headers);
  return chargedUsd === null ? answer : { ...answer, chargedUsd };
}

/** What belongs to an answer besides what was read of it. */
interface Beside {
  readonly raw: CameIn['raw'];
  readonly notes: readonly string[] | undefined;
  readonly level: StructuredLevel | undefined;
  /** For what the server says of the answer. */
  readonly redact: (text: string) => string;
  /** For the answer itself. */
  readonly redactAnswer: (text: string) => string;
}

/** What is told of an answer that is not as it came. */
const KEY_WAS_CUT = 'a key stood in the answer; [key] is in its place';

/** No call uses as many tokens; a limiter that believed it would wait for ever. */
const MAX_TOKENS = 1e9;

/** A usage without the counts that cannot be true, and what is to be told of them. */
function believable(usage: Usage): { usage: Usage; notes?: readonly string[] } {
  const { input, output, cached, reasoning } = usage;
  const isLarge = (count: number | null) => count !== null && count > MAX_TOKENS;
  const isAnyLarge = isLarge(input) || isLarge(output) || isLarge(cached) || isLarge(reasoning);
  if (!isAnyLarge && !hasRareUsage(usage)) return { usage };
  const counts = Object.entries(usage) as [keyof Usage, number | null | undefined][];
  const wrong = counts.filter(([, count]) => count != null && count > MAX_TOKENS);
  if (wrong.length === 0) return { usage };
  const known = Object.fromEntries(counts.filter((one) => !wrong.includes(one)));
  const told = wrong.map(([, count]) => count);
  return {
    usage: { ...UNKNOWN_USAGE, ...known },
    notes: [`the server counted ${told.join(' and ')} tokens, which is not believed`],
  };
}

/** Tiers that are the usual one, by the names that vendors have for it. */
const USUAL_TIERS: ReadonlySet<string> = new Set(['default', 'standard', 'auto', 'on_demand']);

/** Undefined for the answers that have nothing of it, which are most. */
function detailsOf(
  { choices, texts, finishReason, finishWord, serviceTier }: ReadAnswer,
  request: GenerateRequest,
  { raw, notes, level, redact, redactAnswer }: Beside,
): AnswerDetails | undefined {
  const missing = request.choices - texts.length;
  const word = finishWord && isAnotherWord(finishWord, finishReason) ? finishWord : undefined;
  const tier = serviceTier && !USUAL_TIERS.has(serviceTier) ? serviceTier : undefined;
  const isUsual = !choices && missing <= 0 && word === undefined && tier === undefined;
  const isPlain = raw === undefined && notes === undefined && level === undefined;
  if (isUsual && isPlain) return undefined;
  return {
    ...(choices && { choices: redactedChoices(choices, redactAnswer) }),
    ...(word !== undefined && { rawFinishReason: redact(word) }),
    ...(missing > 0 && { choicesMissing: missing }),
    ...(tier !== undefined && { serviceTier: redact(tier) }),
    ...(level !== undefined && { structured: level }),
    ...(notes !== undefined && { notes }),
    ...(raw !== undefined && { raw: rawJson(raw, redactAnswer) }),
  };
}

/** The same choices, with every text in them redacted; themselves where nothing was. */
function redactedChoices(
  choices: readonly AnswerChoice[],
  redact: (text: string) => string,
): readonly AnswerChoice[] {
  const text = JSON.stringify(choices);
  const shown = redact(text);
  return shown === text ? choices : (JSON.parse(shown) as readonly AnswerChoice[]);
}

/** A body as JSON where it is that, else as text. */
function rawJson(raw: string | readonly string[], redact: (text: string) => string): JsonValue {
  return typeof raw === 'string'
    ? parsedOrText(redact(raw))
    : raw.map((event) => parsedOrText(redact(event)));
}

function parsedOrText(text: string): JsonValue {
  try {
    return parseExactJson(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    return text;
  }
}

/** What LiteLLM's proxy says that a call cost; 0 also where it does not know. */
const COST_HEADER = 'x-litellm-response-cost';

/** What the head of an answer says that the call cost, in US dollars; null if it does not say. */
function chargedInHead(headers: IncomingHttpHeaders): number | null {
  const text = headers[COST_HEADER];
  const usd = typeof text === 'string' ? Number(text) : Number.NaN;
  return Number.isFinite(usd) && usd > 0 ? usd : null;
}
