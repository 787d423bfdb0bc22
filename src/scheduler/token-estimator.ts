import { numberOf } from '../core/exact-json.ts';
import type { JsonValue } from '../core/json.ts';
import { isMediaPart } from '../core/media-part.ts';
import type { GenerateRequest } from '../core/model.ts';
import type { Usage } from '../core/usage.ts';
import type { TokenCount } from './limiter.ts';

const CHARACTERS_PER_TOKEN = 4;
const TOKENS_PER_MESSAGE = 4;
const FIRST_OUTPUT_GUESS = 256;
/** An image is some 1,000 tokens for most models; what others cost is learned. */
const CHARACTERS_OF_MEDIA = 4000;
const LONGEST_WORD = 2000;
/** Weight of the newest answer in the moving averages. */
const LEARNING_RATE = 0.1;
/** The names under which providers take a ceiling for the completion. */
const OUTPUT_CEILINGS = [
  'max_completion_tokens',
  'max_tokens',
  'max_output_tokens',
  'maxOutputTokens',
  'num_predict',
];

/**
 * Guesses the tokens of a call before it is sent: characters by four for the prompt, the running mean
 * of the completions so far for the output. Both are calibrated by the usage that the endpoint reports.
 */
export class TokenEstimator {
  #inputFactor = 1;
  #meanOutput: number | undefined;

  estimate(request: GenerateRequest): TokenCount {
    const input = Math.ceil(rawInput(request) * this.#inputFactor);
    const ceiling = outputCeiling(request);
    const guess = this.#meanOutput ?? Math.min(ceiling, FIRST_OUTPUT_GUESS);
    return { input, output: Math.ceil(Math.min(ceiling, guess) * request.choices) };
  }

  /** Takes the usage of an answered call into account. */
  learn(request: GenerateRequest, usage: Usage): void {
    if (usage.input !== null && usage.input > 0) {
      this.#inputFactor += LEARNING_RATE * (usage.input / rawInput(request) - this.#inputFactor);
    }
    if (usage.output !== null) {
      const each = usage.output / request.choices;
      this.#meanOutput =
        this.#meanOutput === undefined
          ? each
          : this.#meanOutput + LEARNING_RATE * (each - this.#meanOutput);
    }
  }
}

function rawInput(request: GenerateRequest): number {
  let characters = 0;
  for (const message of request.messages) {
    const { content } = message;
    characters += typeof content === 'string' ? content.length : charactersOf(message);
  }
  return characters / CHARACTERS_PER_TOKEN + request.messages.length * TOKENS_PER_MESSAGE;
}

/** A long text of base64 alone is none: what is at a `data:` address counts as an image does. */
function charactersOf(value: JsonValue): number {
  if (typeof value === 'string') return isBytes(value) ? CHARACTERS_OF_MEDIA : value.length;
  if (typeof value !== 'object' || value === null) return 4;
  if (Array.isArray(value)) return sum(value);
  // Where the bytes of a part are is not in its JSON.
  if (isMediaPart(value)) return CHARACTERS_OF_MEDIA;
  return sum(Object.values(value)) + sum(Object.keys(value));
}

function sum(values: readonly JsonValue[]): number {
  return values.reduce((total: number, value) => total + charactersOf(value) + 2, 0);
}

function isBytes(text: string): boolean {
  return text.length > LONGEST_WORD && /^[\w+/=:;,.-]+$/.test(text.slice(0, LONGEST_WORD));
}

function outputCeiling(request: GenerateRequest): number {
  for (const name of OUTPUT_CEILINGS) {
    const value = numberOf(request.parameters[name]);
    if (value !== null && value > 0) return value;
  }
  return Number.POSITIVE_INFINITY;
}
