import type { LaneStatus } from '../../ask/index.ts';
import type { Answer } from '../../core/answer.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Message } from '../../core/message.ts';
import { answerJson, notSentError, RowSums, responseJson } from '../../store/index.ts';
import { type ActionContext, NEVER, readConfiguration } from '../context/action-context.ts';
import type { Notice } from '../environment/notice.ts';
import { askEach } from '../models/ask-each.ts';
import { chooseModels, type ModelSources, sourcesOf } from '../models/choose-models.ts';
import { openTargets } from '../models/open-targets.ts';
import type { ResolvedModel } from '../models/resolved-model.ts';
import type { GivenRunValues } from '../settings/run-options.ts';
import { isSet, runValues } from '../settings/settings.ts';

/** Somebody is looking on: a model that would make them wait longer than this has failed, unless told otherwise. */
const MAX_WAIT_MS = 60_000;

/** What is asked. */
export interface AskRequest
  extends Pick<
    GivenRunValues,
    'timeoutMs' | 'attempts' | 'idleTimeoutMs' | 'maxWaitMs' | 'stream' | 'keepRaw'
  > {
  /** References as given; empty: the default models of the settings. */
  readonly models: readonly string[];
  readonly prompt: string;
  readonly system?: string | undefined;
  /** Given to the provider as they are; default none. */
  readonly parameters?: JsonObject | undefined;
  /** Answers of each model, at least 1; default 1. */
  readonly samples?: number | undefined;
  /** Ends everything when aborted; default never. */
  readonly signal?: AbortSignal | undefined;
}

/** What is known before anything is sent. */
export interface AskStart {
  /** References of the models, in the order of their numbers. */
  readonly models: readonly string[];
  readonly sources: ModelSources;
  readonly notices: readonly Notice[];
  /** Tells what each model waits for; null when that is not known. */
  readonly status: (() => readonly LaneStatus[]) | null;
}

/** Hears what models answer; what nobody wants to hear is left out. */
export interface AskListener {
  /** Once, before anything is sent. */
  onStart?(start: AskStart): void;
  /** Left out where nothing is streamed. */
  onDelta?: ((model: number, sample: number, text: string) => void) | undefined;
  /** How far a model made of others has come, as one line. */
  onProgress?(model: number, sample: number, line: string): void;
  /** Each answer as it comes; a model has one for each sample, or one with all of them. */
  onAnswer?(model: number, sample: number, answer: Answer): void;
  /** The record of a model as one line of JSON, when its last answer is there or it was interrupted. */
  onRecord?(model: number, record: string): void;
}

/**
 * Asks several models the same prompt at the same time.
 *
 * @throws TuttiError before anything is sent when there is no model or one cannot be asked.
 */
export async function ask(
  context: ActionContext,
  request: AskRequest,
  listener: AskListener,
): Promise<void> {
  const configuration = await readConfiguration(context);
  const { settings, notices } = configuration;
  const models = chooseModels(request.models, configuration);
  const { attempts, timeoutMs, idleTimeoutMs, maxWaitMs, keepRaw } = runValues(settings, request);
  const targets = await openTargets(models, context.opener, configuration);
  const { prompt, system, parameters = {}, samples = 1, signal = NEVER } = request;
  const asked = { prompt, system, parameters };
  const records = new RecordKeeper(models, asked, listener, (index) =>
    targets[index]!.model.severalChoices ? 1 : samples,
  );
  const references = models.map(({ reference }) => reference);
  const sources = sourcesOf(models);
  await askEach({
    ...context,
    targets,
    question: {
      messages: messagesOf(asked),
      parameters,
      stream: request.stream,
      keepRaw,
    },
    idleTimeoutMs,
    samples,
    attempts,
    timeoutMs,
    longestWaitMs: isSet('maxWaitMs', settings, request) ? maxWaitMs : MAX_WAIT_MS,
    signal,
    onStart: (status) => listener.onStart?.({ models: references, sources, notices, status }),
    ...(listener.onDelta && { onDelta: listener.onDelta }),
    onProgress: (index, sample, line) => listener.onProgress?.(index, sample, line),
    onAnswer: (index, sample, answer) => records.take(index, sample, answer),
  });
  records.end();
}

/** What every model is asked. */
interface Asked extends Pick<AskRequest, 'prompt' | 'system'> {
  readonly parameters: JsonObject;
}

/** Hands on each answer, and the record of a model when its last answer is there. */
class RecordKeeper {
  readonly #models: readonly ResolvedModel[];
  readonly #request: Asked;
  readonly #listener: AskListener;
  readonly #callsOf: (index: number) => number;
  /** The answers of models that have no record yet. */
  readonly #answers = new Map<number, Map<number, Answer>>();

  constructor(
    models: readonly ResolvedModel[],
    request: Asked,
    listener: AskListener,
    callsOf: (index: number) => number,
  ) {
    this.#models = models;
    this.#request = request;
    this.#listener = listener;
    this.#callsOf = callsOf;
  }

  take(index: number, sample: number, answer: Answer): void {
    const answers = this.#answers.get(index) ?? new Map<number, Answer>();
    this.#answers.set(index, answers.set(sample, answer));
    this.#listener.onAnswer?.(index, sample, answer);
    if (answers.size === this.#callsOf(index)) this.#hand(index, answers);
  }

  /** Hands on what there is of models that were interrupted between two samples: it is paid for. */
  end(): void {
    for (const [index, answers] of this.#answers) this.#hand(index, answers);
  }

  #hand(index: number, answers: ReadonlyMap<number, Answer>): void {
    this.#answers.delete(index);
    this.#listener.onRecord?.(index, this.#record(index, answers));
  }

  #record(index: number, answers: ReadonlyMap<number, Answer>): string {
    const { prompt, system, parameters } = this.#request;
    const samples = Array.from({ length: this.#callsOf(index) }, (_, sample) =>
      answers.get(sample),
    );
    const sums = new RowSums();
    for (const answer of samples) if (answer !== undefined) sums.add(answer);
    const failed = samples.find((answer) => answer?.error)?.error;
    const missing = samples.includes(undefined) ? notSentError('it was interrupted') : null;
    const row = {
      prompt: system === undefined ? prompt : messagesOf(this.#request),
      model: this.#models[index]!.reference,
      ...(Object.keys(parameters).length > 0 && { parameters }),
    };
    const responses = samples.map((answer) => responseJson(answer ?? { texts: [] }));
    const response = samples.length === 1 ? responses[0]! : listJson(responses);
    const answer = answerJson(sums.answer(index, failed ?? missing));
    return `${JSON.stringify(row).slice(0, -1)},"response":${response},"answer":${answer}}`;
  }
}

function listJson(responses: readonly string[]): string {
  return responses.every((response) => response === 'null') ? 'null' : `[${responses.join(',')}]`;
}

function messagesOf({ prompt, system }: Asked): Message[] {
  const user: Message = { role: 'user', content: prompt };
  return system === undefined ? [user] : [{ role: 'system', content: system }, user];
}
