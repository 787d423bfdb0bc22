import type { AnswerDetails } from './answer-details.ts';
import type { FileStore } from './file-store.ts';
import type { JsonObject } from './json.ts';
import type { Message } from './message.ts';
import type { NamedSchema, StructuredLevel } from './structured-output.ts';
import type { Usage } from './usage.ts';
import type { Workflow } from './workflow.ts';

/** What a model can be asked for. */
export type RequestMode = 'chat' | 'completion' | 'embedding';

/** What a model is asked. */
export interface GenerateRequest {
  /** The conversation, oldest first; at least one message. */
  readonly messages: readonly Message[];
  /** The provider's own parameters, sent as they are. */
  readonly parameters: JsonObject;
  /** How many completions to ask for in this one request; 1 unless `Model.severalChoices` allows more. */
  readonly choices: number;
  /**
   * `completion` asks the older text-completion form, where the provider has one; `embedding` asks for the embedding of
   * the text of each message, one JSON list of numbers for each in `Generation.texts`; default `chat`.
   */
  readonly mode?: RequestMode | undefined;
  /** What the answer is to follow, as JSON; absent: any text. How it was bound to it, `AnswerDetails.structured` says. */
  readonly schema?: NamedSchema | undefined;
  /** How much the provider should block: `none`, `few`, `default`, `some`, `most`; only Gemini has it. */
  readonly safetyFilter?: string | undefined;
  /**
   * Whether the answer is streamed; default: as the endpoint's settings say, else streamed where there is an `onDelta`,
   * and the other way where the server takes no other. What is said here is never changed.
   */
  readonly stream?: boolean | undefined;
  /** True: the whole body of the answer is kept, too. Default false. */
  readonly keepRaw?: boolean | undefined;
}

/** How a model is asked. */
export interface GenerateOptions {
  /** Receives each piece of text as it arrives; giving it makes the model stream unless told otherwise. */
  readonly onDelta?: (text: string) => void;
  /** Told of each piece of a streamed answer, be it text, thought or the call of a tool: the answer is on its way. */
  onPiece?(): void;
  /** Told of what brings nothing and keeps a stream alive all the same, such as a comment. */
  onSignOfLife?(): void;
  /** Told when what the call needs first is being brought (media), and when it is there: its time begins then. */
  onPreparing?(isUnderWay: boolean): void;
  /** Ends the call early; `generate` then rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /**
   * Where it is given, tells one listener of the same end: a model that listens here need not read the signal, which
   * is then never made.
   */
  onStop?(listener: (reason: unknown) => void): void;
}

/** What a model answered. */
export interface Generation {
  /** One text for each choice, at least one. */
  readonly texts: readonly string[];
  /** `stop`, `length`, `content_filter`, `tool_calls`, `other`; null if the provider did not say. */
  readonly finishReason: string | null;
  /** The model that the provider says has answered; null if it did not say. */
  readonly model: string | null;
  readonly usage: Usage;
  /** Cost in US dollars; null when the price or the usage is unknown, never 0 for unknown. */
  readonly costUsd: number | null;
  /** The provider's id of the request; null if it gave none. */
  readonly requestId: string | null;
  /** What most answers do not have; undefined if it has none of it. */
  readonly details?: AnswerDetails | undefined;
}

/** What a call is given to. One of the two is called, once, and as a method: `receiver.answered(…)`. */
export interface GenerationReceiver {
  answered(generation: Generation): void;
  /** What `generate` would have thrown. */
  failed(error: unknown): void;
}

/** What came with an answer that is an error, and was paid for all the same. */
export type PaidPart = Omit<Generation, 'texts' | 'requestId'>;

/** How an endpoint turned out to want its requests, against what was tried first. */
export interface LearnedForm {
  /** Whether it is asked for streams; absent: as before. */
  readonly stream?: boolean;
  /** False: a stream is asked for without `stream_options`. */
  readonly streamOptions?: false;
  /** The level at which it takes a schema; absent: as before. */
  readonly structured?: StructuredLevel;
  /** What the server said, cleaned. */
  readonly because: string;
}

/** One endpoint's model. It makes exactly one try; retries, limits and time-outs belong to the caller. */
export interface SimpleModel {
  /** The reference under which it was asked for, such as `openai/gpt-5`. */
  readonly reference: string;
  /** True when one request can carry several choices. */
  readonly severalChoices: boolean;
  /** Most texts of one request for embeddings, or null if it cannot be asked for any; absent: not known. */
  readonly maxEmbeddings?: number | null | undefined;
  /** @throws CallError when the call fails in any way but the caller's own abort. */
  generate(request: GenerateRequest, options: GenerateOptions): Promise<Generation>;
  /** The same, told to a receiver: a promise for each of thousands of calls a second would be a part of their cost. */
  start?(request: GenerateRequest, options: GenerateOptions, receiver: GenerationReceiver): void;
  /** The files that its vendor keeps for the account; absent where it keeps none. */
  readonly files?: FileStore | undefined;
  /** What a call costs by its price, in US dollars; null when that is not known. Sends nothing. */
  costOf?(usage: Usage): Promise<number | null> | number | null;
  /** What was learned of its server's form; null if nothing. */
  learned?(): LearnedForm | null;
  /** Begins with what an earlier process has learned. */
  recall?(form: LearnedForm): void;
}

/**
 * Several models behind one name. It has no lane, no place and no attempts of its own: its calls travel in
 * the lanes of its models, and what it throws is its answer.
 */
export interface CompositeModel {
  readonly reference: string;
  /** False: several completions of it are asked one by one. */
  readonly severalChoices: false;
  /** Every model that its workflow asks. */
  readonly models: readonly Model[];
  /** Answers a request by asking its models; usage and cost are the sums of what they used, not what it says. */
  readonly workflow: Workflow<GenerateRequest, Generation>;
}

/** Anything that answers prompts. Wherever one kind is taken, the other is. */
export type Model = SimpleModel | CompositeModel;

/** Tells a composite model from a simple one. */
export function isComposite(model: Model): model is CompositeModel {
  return 'workflow' in model;
}

/** The simple models that a model asks in the end: itself, or those of its parts, each once. */
export function simpleModels(model: Model): SimpleModel[] {
  // A set takes what is added while it is gone through, and takes it once, even where one is a part of itself.
  const all = new Set([model]);
  const simple: SimpleModel[] = [];
  for (const one of all) {
    if (!isComposite(one)) simple.push(one);
    else for (const part of one.models) all.add(part);
  }
  return simple;
}
