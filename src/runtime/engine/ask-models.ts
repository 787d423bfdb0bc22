import { askOnce } from '../../ask/index.ts';
import type { Answer } from '../../core/answer.ts';
import type { Message } from '../../core/message.ts';
import { answerJson, mergeAnswers } from '../../store/index.ts';
import type { ResolvedModel } from '../resolved-model.ts';
import { chooseModels, modelNotes } from './choose-models.ts';
import type { AskListener, AskRequest } from './engine.ts';
import { createOpener, type EngineContext, readConfiguration } from './engine-context.ts';
import { openTargets } from './open-targets.ts';

/** Somebody is looking on: a model that would make them wait longer than this has failed. */
const LONGEST_WAIT_MS = 60_000;

/** Asks several models the same prompt; see `Engine.ask`. */
export async function askModels(
  request: AskRequest,
  listener: AskListener,
  options: EngineContext,
): Promise<void> {
  const { clock } = options;
  const configuration = await readConfiguration(options);
  const models = chooseModels(request.models, configuration);
  const opener = createOpener(options, configuration);
  const { attempts, timeout } = configuration.settings.run;
  const notes = [...configuration.notices, ...modelNotes(models)];
  try {
    const targets = await openTargets(models, opener, clock);
    const records = new RecordKeeper(models, request, listener, (index) =>
      targets[index]!.model.severalChoices ? 1 : request.samples,
    );
    const references = models.map(({ reference }) => reference);
    await askOnce({
      targets,
      messages: messagesOf(request),
      parameters: request.parameters,
      samples: request.samples,
      clock,
      random: options.random,
      attempts: request.attempts ?? attempts.value,
      timeoutMs: request.timeoutMs ?? timeout.value,
      longestWaitMs: LONGEST_WAIT_MS,
      signal: request.signal,
      onStart: (status) => listener.onStart(references, notes, status),
      ...(listener.onDelta && { onDelta: listener.onDelta }),
      onAnswer: (answer) => records.take(answer),
    });
    records.end();
  } finally {
    await opener.close();
  }
}

/** Hands on each answer, and the record of a model when its last answer is there. */
class RecordKeeper {
  readonly #models: readonly ResolvedModel[];
  readonly #request: AskRequest;
  readonly #listener: AskListener;
  readonly #callsOf: (index: number) => number;
  /** The answers of models that have no record yet. */
  readonly #answers = new Map<number, Answer[]>();

  constructor(
    models: readonly ResolvedModel[],
    request: AskRequest,
    listener: AskListener,
    callsOf: (index: number) => number,
  ) {
    this.#models = models;
    this.#request = request;
    this.#listener = listener;
    this.#callsOf = callsOf;
  }

  take(answer: Answer): void {
    const index = answer.key.row;
    const answers = [...(this.#answers.get(index) ?? []), answer];
    this.#answers.set(index, answers);
    this.#listener.onAnswer(answer);
    if (answers.length === this.#callsOf(index)) this.#hand(index, answers);
  }

  /** Hands on what there is of models that were interrupted between two samples: it is paid for. */
  end(): void {
    for (const [index, answers] of this.#answers) this.#hand(index, answers);
  }

  #hand(index: number, answers: readonly Answer[]): void {
    this.#answers.delete(index);
    this.#listener.onRecord(index, this.#record(index, answers));
  }

  #record(index: number, answers: readonly Answer[]): string {
    const { prompt, system, parameters } = this.#request;
    const samples = this.#callsOf(index);
    const merged = mergeAnswers(index, { turns: 1, samples }, answers, () => 'it was interrupted');
    const response = samples === 1 ? (merged.response?.[0] ?? null) : merged.response;
    const row = {
      prompt: system === undefined ? prompt : messagesOf(this.#request),
      model: this.#models[index]!.reference,
      ...(Object.keys(parameters).length > 0 && { parameters }),
      response,
    };
    return `${JSON.stringify(row).slice(0, -1)},"answer":${answerJson(merged.answer)}}`;
  }
}

function messagesOf({ prompt, system }: AskRequest): Message[] {
  const user: Message = { role: 'user', content: prompt };
  return system === undefined ? [user] : [{ role: 'system', content: system }, user];
}
