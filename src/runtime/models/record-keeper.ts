import type { Answer } from '../../core/answer.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Message } from '../../core/message.ts';
import { answerJson, notSentError, RowSums, responseJson } from '../../store/in-memory.ts';

/** What every model is asked. */
export interface Asked {
  readonly prompt: string;
  readonly system?: string | undefined;
  readonly parameters: JsonObject;
}

/** Hears of answers and records; what nobody wants to hear is left out. */
export interface RecordListener {
  /** Each answer as it comes; a model has one for each sample, or one with all of them. */
  onAnswer?(model: number, sample: number, answer: Answer): void;
  /** The record of a model as one line of JSON, when its last answer is there or it was interrupted. */
  onRecord?(model: number, record: string): void;
}

/** Hands on each answer, and the record of a model when its last answer is there. */
export class RecordKeeper {
  readonly #models: readonly string[];
  readonly #request: Asked;
  readonly #listener: RecordListener;
  readonly #callsOf: (index: number) => number;
  /** The answers of models that have no record yet. */
  readonly #answers = new Map<number, Map<number, Answer>>();

  /**
   * @param models their references
   * @param callsOf how many calls a model gets
   */
  constructor(
    models: readonly string[],
    request: Asked,
    listener: RecordListener,
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
      model: this.#models[index]!,
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

/** The messages of a prompt. */
export function messagesOf({ prompt, system }: Pick<Asked, 'prompt' | 'system'>): Message[] {
  const user: Message = { role: 'user', content: prompt };
  return system === undefined ? [user] : [{ role: 'system', content: system }, user];
}
