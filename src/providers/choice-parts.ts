import type { AnswerChoice, Citation, Media } from '../core/answer-details.ts';
import type { JsonValue } from '../core/json.ts';

/** A tool call, or a piece of one in a stream. */
export interface ToolCallPart {
  /** Which call of its choice the piece belongs to; absent: the next one. */
  readonly index?: number;
  readonly id?: string | undefined;
  /** Absent for a function of the caller's. */
  readonly type?: string | undefined;
  readonly name?: string | undefined;
  /** The next piece of its input. */
  readonly arguments?: string | undefined;
  /** Its whole input, which counts where no piece came. */
  readonly input?: string | undefined;
  readonly result?: JsonValue | undefined;
}

/** What a body, or an event of a stream, says of a choice besides its text. Absent: nothing. */
export interface ChoiceParts {
  readonly finishReason?: string | null;
  /** The vendor's own word for it. */
  readonly finishWord?: string | null;
  readonly reasoning?: string | undefined;
  readonly toolCalls?: readonly ToolCallPart[] | undefined;
  readonly logprobs?: readonly JsonValue[] | undefined;
  readonly citations?: readonly Citation[] | undefined;
  /** Further citations, which a stream may repeat whole in each event: the last ones count. */
  readonly sources?: readonly Citation[] | undefined;
  readonly refusal?: string | undefined;
  readonly media?: readonly Media[] | undefined;
  /** The next piece of its one sound. */
  readonly sound?: Media | undefined;
}

/** The parts that a reader found, without those that are not there; undefined if there are none. */
export function partsOrNone(parts: ChoiceParts): ChoiceParts | undefined {
  const found = Object.entries(parts).filter(
    ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && !value.length),
  );
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

interface Gathered {
  finishReason: string | null;
  rawFinishReason?: string;
  reasoning?: string;
  toolCalls?: OpenToolCall[];
  logprobs?: JsonValue[];
  citations?: Citation[];
  refusal?: string;
  media?: Media[];
}

interface OpenToolCall {
  id?: string;
  type?: string;
  name: string;
  arguments: string;
  input?: string;
  result?: JsonValue;
}

/** Puts a choice together from its parts, whether they came at once or piece by piece. */
export class ChoiceGatherer {
  readonly #choice: Gathered = { finishReason: null };
  /** The call that was begun last under each number. */
  readonly #open = new Map<number, OpenToolCall>();
  readonly #sounds: Media[] = [];
  #looks = 0;
  #sources: readonly Citation[] = [];

  add(parts: ChoiceParts): void {
    const choice = this.#choice;
    if (parts.finishReason != null) choice.finishReason = parts.finishReason;
    if (parts.finishWord != null) choice.rawFinishReason = parts.finishWord;
    if (parts.reasoning) choice.reasoning = (choice.reasoning ?? '') + parts.reasoning;
    if (parts.refusal) choice.refusal = (choice.refusal ?? '') + parts.refusal;
    for (const piece of parts.toolCalls ?? []) this.#addToolCall(piece);
    for (const key of ['logprobs', 'citations', 'media'] as const) this.#addList(key, parts[key]);
    if (parts.sources) this.#sources = parts.sources;
    if (parts.sound) this.#sounds.push(parts.sound);
  }

  /** The choice as it is now; the pieces of its tool calls in the order in which they began. */
  get choice(): AnswerChoice {
    const { rawFinishReason, toolCalls, ...others } = this.#choice;
    const citations = [...(others.citations ?? []), ...this.#sources];
    const media = [...(others.media ?? []), ...oneSound(this.#sounds)];
    return {
      ...others,
      ...(citations.length > 0 && { citations }),
      ...(media.length > 0 && { media }),
      ...(rawFinishReason !== undefined &&
        isAnotherWord(rawFinishReason, others.finishReason) && { rawFinishReason }),
      ...(toolCalls && { toolCalls: toolCalls.map(closed) }),
    };
  }

  #addList<Key extends 'logprobs' | 'citations' | 'media'>(key: Key, more: ChoiceParts[Key]): void {
    if (more === undefined) return;
    const list = (this.#choice[key] ?? []) as unknown[];
    for (const one of more) list.push(one);
    this.#choice[key] = list as Gathered[Key];
  }

  #addToolCall(piece: ToolCallPart): void {
    const call = this.#callOf(piece);
    if (piece.id) call.id = piece.id;
    if (piece.type) call.type = piece.type;
    // Some servers repeat the name in each piece.
    if (piece.name && call.name !== piece.name) call.name += piece.name;
    if (piece.arguments) call.arguments += piece.arguments;
    if (piece.input !== undefined) call.input = piece.input;
    if (piece.result !== undefined) call.result = piece.result;
  }

  /**
   * The call that a piece belongs to. Not every server numbers its calls, and some give all the same number: one with
   * another id is a call of its own, and so is one that is named when the one before is complete.
   */
  #callOf(piece: ToolCallPart): OpenToolCall {
    const { index = UNNUMBERED } = piece;
    const open = this.#open.get(index);
    if (open !== undefined && !this.#isAnother(open, piece)) return open;
    const call: OpenToolCall = { name: '', arguments: '' };
    this.#choice.toolCalls ??= [];
    this.#choice.toolCalls.push(call);
    this.#open.set(index, call);
    return call;
  }

  #isAnother(open: OpenToolCall, { id, name, index }: ToolCallPart): boolean {
    if (id && open.id) return id !== open.id;
    if (!name || open.name === '') return false;
    return index === undefined || (this.#looks++ < MAX_LOOKS && isComplete(open.arguments));
  }
}

/** The number of a call that has none. */
const UNNUMBERED = Number.NaN;
/** So often it is looked whether a call is complete; a server that repeats names for ever must not cost more. */
const MAX_LOOKS = 1_000;
const MAX_LOOK = 100_000;

function isComplete(text: string): boolean {
  if (text.length > MAX_LOOK || !text.trimEnd().endsWith('}')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function closed({ input, ...call }: OpenToolCall) {
  return call.arguments === '' && input !== undefined ? { ...call, arguments: input } : call;
}

/** True where a vendor's word for an end is not the common one, be it in other letters. */
export function isAnotherWord(word: string, finishReason: string | null): boolean {
  return word !== finishReason && word.toLowerCase() !== finishReason;
}

/** A sound that came in pieces, each in base64 by itself. */
function oneSound(pieces: readonly Media[]): readonly Media[] {
  if (pieces.length < 2) return pieces;
  const data = Buffer.concat(pieces.map((piece) => Buffer.from(piece.data ?? '', 'base64')));
  const transcript = pieces.map((piece) => piece.transcript ?? '').join('');
  const mimeType = pieces.find((piece) => piece.mimeType !== undefined)?.mimeType;
  return [
    {
      ...(mimeType !== undefined && { mimeType }),
      ...(data.length > 0 && { data: data.toString('base64') }),
      ...(transcript !== '' && { transcript }),
    },
  ];
}

/** A choice whose parts came at once. */
export function choiceOf(parts: ChoiceParts): AnswerChoice {
  const gatherer = new ChoiceGatherer();
  gatherer.add(parts);
  return gatherer.choice;
}

/** True for a choice that has more than its text and the common word for its end. */
export function isMoreThanText(choice: AnswerChoice): boolean {
  const { finishReason: _, rawFinishReason: __, ...others } = choice;
  return Object.keys(others).length > 0;
}
