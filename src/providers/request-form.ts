import type { CallError } from '../core/call-error.ts';
import type { GenerateRequest, LearnedForm } from '../core/model.ts';
import { plainLine } from '../core/plain-text.ts';
import { looserLevel, type StructuredLevel } from '../core/structured-output.ts';
import { levelAt, levelBelow, type StructuredRules } from './structured-request.ts';

/** How a request is sent, apart from what it asks. */
export interface RequestForm {
  readonly stream: boolean;
  /** Whether a stream is asked for its usage, where the protocol has that. */
  readonly streamOptions: boolean;
  /** The level at which a schema is asked for; absent where none is. */
  readonly level?: StructuredLevel;
}

/** What the settings and the adapter say of the form. */
export interface FormRules {
  /** Whether calls are streamed, as the endpoint's settings say; it is never changed. */
  readonly stream: boolean | undefined;
  /** The level at which a schema is asked for, as the endpoint's settings say; it is never changed. */
  readonly structured: StructuredLevel | undefined;
  /** What of structured output the API can be told. */
  readonly levels: StructuredRules | undefined;
  /** The words in which a server refuses a level. */
  readonly refusedLevel: RegExp | undefined;
}

/** A form to try in place of one that failed. */
export interface OtherForm {
  readonly form: RequestForm;
  /** What the server said against the first one. */
  readonly because: string;
}

/** A gateway that cuts silent calls takes its time: what is cut sooner was cut for another reason. */
const SHORTEST_SILENCE_MS = 1_000;
/** The form of what no server streams. */
const NOT_STREAMED: RequestForm = { stream: false, streamOptions: true };
/** So often a call is cut in silence before it is asked in the other way. */
const CUTS = 2;

/** Codes under which a server refuses a form. */
const REFUSALS: ReadonlySet<string> = new Set([
  'bad_request',
  'forbidden',
  'error_in_response',
  'model_not_found',
  'server_error',
]);
const OPTIONS_WORD = /\bstream_options\b|\binclude_usage\b|\bstreamOptions\b/gi;
/** Codes of accidents, too: there a form is refused only where the text says that it cannot be, or must be another. */
const ACCIDENTS: ReadonlySet<string> = new Set(['server_error', 'error_in_response']);
const REFUSING_WORD =
  /\bsupport|\bunsupported\b|\bonly\b|\bmust\b|\brequire|\b(?:en|dis)able|\ballow|支持|必须|필요|지원|対応/i;
const STREAM_WORD = /\b(?:non-?)?stream(?:s|ed|ing)?\b|流式|流模式|串流|ストリーム|스트리밍/i;

/**
 * Knows in which form one model of an endpoint wants its requests. A server that refuses a form in words, or cuts a
 * call in silence, is asked in the other one; it is kept when an answer came that way.
 */
export class RequestForms {
  readonly #rules: FormRules;
  readonly #set: boolean | undefined;
  /** How often each call was cut; undefined while none was, which is nearly always. */
  #cuts: WeakMap<GenerateRequest, number> | undefined;
  #learned: LearnedForm | null = null;

  constructor(rules: FormRules) {
    this.#rules = rules;
    this.#set = rules.stream;
  }

  get learned(): LearnedForm | null {
    return this.#learned;
  }

  recall(form: LearnedForm): void {
    this.#learned = form;
  }

  /** The form for the next try of a call. @param wantsPieces true where the caller wants the text as it comes */
  formOf(request: GenerateRequest, wantsPieces: boolean): RequestForm {
    if (request.mode === 'embedding') return NOT_STREAMED;
    const set = request.stream ?? this.#set;
    const isCut = this.#isCut(request);
    const form: RequestForm = {
      stream: set ?? this.#learned?.stream ?? (isCut ? !wantsPieces : wantsPieces),
      streamOptions: this.#learned?.streamOptions ?? true,
    };
    return request.schema === undefined ? form : { ...form, level: this.#levelOf(request) };
  }

  #levelOf({ mode }: GenerateRequest): StructuredLevel {
    if (mode === 'completion') return 'prompt';
    const { levels, structured } = this.#rules;
    return levelAt(levels, structured ?? this.#learned?.structured);
  }

  /** The form to try after a failure at once, within the same try; undefined if it was not about the form. */
  instead(error: CallError, form: RequestForm, request: GenerateRequest): OtherForm | undefined {
    if (!REFUSALS.has(error.code)) return undefined;
    const because = saidIn(error);
    if (ACCIDENTS.has(error.code) && !REFUSING_WORD.test(because)) return undefined;
    const ownOptions = request.parameters.stream_options ?? null;
    if (form.stream && form.streamOptions && ownOptions === null && because.match(OPTIONS_WORD)) {
      return { form: { ...form, streamOptions: false }, because };
    }
    const level = this.#lowerLevel(form, because);
    if (level !== undefined) return { form: { ...form, level }, because };
    const isSet = (request.stream ?? this.#set) !== undefined;
    if (isSet || !STREAM_WORD.test(because.replace(OPTIONS_WORD, ''))) return undefined;
    return { form: { ...form, stream: !form.stream }, because };
  }

  /** The level to ask at after a refusal of one: the next, or where the lane is by now; undefined if it was none. */
  #lowerLevel({ level }: RequestForm, because: string): StructuredLevel | undefined {
    const { levels, structured, refusedLevel } = this.#rules;
    if (level === undefined || structured !== undefined || !refusedLevel?.test(because)) {
      return undefined;
    }
    const below = levelBelow(levels, level);
    const learned = this.#learned?.structured;
    return below === undefined || learned === undefined ? below : looserLevel(below, learned);
  }

  #isCut(request: GenerateRequest): boolean {
    return this.#cuts !== undefined && (this.#cuts.get(request) ?? 0) >= CUTS;
  }

  /** Takes note of a call on which nothing had come before it was cut. */
  noteCut(request: GenerateRequest, silentMs: number): void {
    if (silentMs < SHORTEST_SILENCE_MS) return;
    this.#cuts ??= new WeakMap();
    this.#cuts.set(request, (this.#cuts.get(request) ?? 0) + 1);
  }

  /** Takes note of an answer that came in a form. @param refused the form that was refused before it */
  noteAnswered(
    form: RequestForm,
    request: GenerateRequest,
    refused: { readonly form: RequestForm; readonly because: string } | undefined,
  ): void {
    const isCut = this.#isCut(request);
    if (refused === undefined && !isCut) return;
    this.#cuts?.delete(request);
    const isSet = (request.stream ?? this.#set) !== undefined;
    const isOther = isCut || (refused !== undefined && refused.form.stream !== form.stream);
    const level = refused?.form.level === form.level ? undefined : form.level;
    const known = this.#learned?.structured;
    this.#learned = {
      ...this.#learned,
      ...(level !== undefined && { structured: known ? looserLevel(level, known) : level }),
      ...(isOther && !isSet && { stream: form.stream }),
      ...(!form.streamOptions && { streamOptions: false as const }),
      because: refused?.because ?? 'it cut a call twice on which nothing had come',
    };
  }
}

/** How an answer was asked for that is to follow a schema, as `asked …` says it. */
const LEVELS_IN_WORDS: Readonly<Record<StructuredLevel, string>> = {
  json_schema: 'by json_schema',
  json_object: 'by json_object',
  prompt: 'for JSON by the prompt alone',
};

/** Says in which form an answer came that was refused in another one. */
export function formNote(form: RequestForm, refused: OtherForm): string {
  const ways = [
    ...(form.stream === refused.form.stream
      ? []
      : [form.stream ? 'for a stream' : 'without streaming']),
    ...(form.streamOptions ? [] : ['without stream_options']),
    ...(form.level === refused.form.level || form.level === undefined
      ? []
      : [LEVELS_IN_WORDS[form.level]]),
  ];
  return `asked ${ways.join(' and ')}, since the server said: ${refused.because}`;
}

/** What the server said, without the name of the endpoint. */
function saidIn({ message }: CallError): string {
  const start = message.indexOf(' answered ');
  return plainLine(start === -1 ? message : message.slice(start + ' answered '.length), 300);
}
