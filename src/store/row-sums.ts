import { type Answer, type AnswerError, hasUnknownCost, ONLY_CALL } from '../core/answer.ts';
import { addUsage, UNKNOWN_USAGE, type Usage } from '../core/usage.ts';
import { type DetailedAnswer, summedDetails } from './summed-details.ts';

/** Longest content of a line, in characters, that is worth keeping so that it need not be written anew. */
const MAX_LINE = 4096;

/** Sums up the answers to the calls of one row, or of a composite model, as one answer. */
export class RowSums {
  readonly #ofParts: boolean;
  /** The first answer, until another comes: most rows have one, which needs no adding up. */
  #only: Answer | undefined;
  #lineOfOnly: string | undefined;
  #usage: Usage = UNKNOWN_USAGE;
  /** Null while no cost is known. */
  #costUsd: number | null = null;
  #hasUnknownCost = false;
  #latencyMs = 0;
  #attempts = 0;
  #answers = 0;
  #cached = 0;
  #startedAt = '';
  #endMs = 0;
  #firstTokenMs: number | null = null;
  #last: Pick<Answer, 'model' | 'finishReason' | 'requestId'> | undefined;
  readonly #detailed: DetailedAnswer[] = [];

  /**
   * @param ofParts true where they are the parts of a composite model: what did not answer has then cost nothing. Default
   *   false: the cost is known only if that of every call is
   */
  constructor(ofParts = false) {
    this.#ofParts = ofParts;
  }

  /**
   * Takes an answer into account; those of the calls that were never sent say nothing.
   *
   * @param line the content of its line, where it was just written
   */
  add(answer: Answer, line?: string): void {
    if (++this.#answers === 1) {
      this.#only = answer;
      if (line !== undefined && line.length <= MAX_LINE) this.#lineOfOnly = line;
      return;
    }
    if (this.#only !== undefined) this.#sum(this.#only);
    this.#only = undefined;
    this.#lineOfOnly = undefined;
    this.#sum(answer);
  }

  #sum(answer: Answer): void {
    if (isNeverSent(answer)) return;
    if (this.#startedAt === '') this.#firstTokenMs = answer.firstTokenMs;
    if (this.#startedAt === '' || answer.startedAt < this.#startedAt) {
      this.#startedAt = answer.startedAt;
    }
    this.#usage = addUsage(this.#usage, answer.usage);
    const { costUsd } = answer;
    if (this.#ofParts ? hasUnknownCost(answer) : costUsd === null) this.#hasUnknownCost = true;
    if (costUsd !== null) this.#costUsd = (this.#costUsd ?? 0) + costUsd;
    this.#endMs = Math.max(this.#endMs, Date.parse(answer.startedAt) + answer.latencyMs);
    this.#latencyMs += answer.latencyMs;
    this.#attempts += answer.attempts;
    if (answer.cached) this.#cached++;
    if (answer.error?.code !== 'cancelled') this.#last = answer;
    const { key, finishReason, details } = answer;
    if (details !== undefined) this.#detailed.push({ key, finishReason, details });
  }

  /** The content of the line that says of its answer what `answer(row, null)` does; undefined where none is known to. */
  get lineOfAnswer(): string | undefined {
    return this.#only?.status === 'ok' ? this.#lineOfOnly : undefined;
  }

  /** From the start of the first call to the end of the last one, in milliseconds, as their lines tell. */
  get spanMs(): number {
    if (this.#only !== undefined) return this.#only.startedAt === '' ? 0 : this.#only.latencyMs;
    return this.#startedAt === '' ? 0 : Math.max(0, this.#endMs - Date.parse(this.#startedAt));
  }

  /**
   * The sums as one answer without texts. Its model, finish reason and request are those of the last one
   * that came.
   *
   * @param error the row's; null makes it `ok`
   */
  answer(row: number, error: AnswerError | null): Answer {
    const key = { row, name: ONLY_CALL };
    const status = error === null ? 'ok' : 'error';
    const only = this.#only;
    if (only !== undefined && !isNeverSent(only)) return { ...only, key, status, texts: [], error };
    return {
      ...{ key, status, texts: [], error },
      model: this.#last?.model ?? null,
      finishReason: this.#last?.finishReason ?? null,
      usage: this.#usage,
      costUsd: this.#hasUnknownCost ? null : this.#costUsd,
      latencyMs: this.#latencyMs,
      firstTokenMs: this.#firstTokenMs,
      attempts: this.#attempts,
      startedAt: this.#startedAt,
      requestId: this.#last?.requestId ?? null,
      cached: this.#answers > 0 && this.#cached === this.#answers,
      details: summedDetails(this.#detailed, this.#answers),
    };
  }
}

function isNeverSent({ attempts, error }: Answer): boolean {
  return attempts === 0 && (error?.code === 'cancelled' || error?.code === 'deadline_passed');
}

/** The error of a call that was never asked. */
export function notSentError(message: string): AnswerError {
  const nothing = { hint: null, httpStatus: null, partialText: null };
  return { code: 'not_sent', message, retryable: true, ...nothing };
}
