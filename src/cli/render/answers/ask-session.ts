import type { LaneStatus } from '../../../ask/index.ts';
import { type Answer, isCut } from '../../../core/answer.ts';
import type { AnswerChoice } from '../../../core/answer-details.ts';
import type { Clock } from '../../../core/clock.ts';
import { plainLine } from '../../../core/plain-text.ts';
import { PLAIN_STYLE } from '../../terminal/style.ts';
import { degradedLineOf } from '../degraded.ts';
import { waitingText } from '../waiting-text.ts';
import { renderBeside } from './beside-text.ts';
import type { AskPanel } from './panels.ts';
import type { AskResult } from './summary.ts';

/** What a choice has that is nothing but its text. */
const NOTHING: AnswerChoice = { finishReason: null };

interface AskedModel {
  readonly title: string;
  readonly texts: string[];
  readonly answers: { readonly sample: number; readonly answer: Answer }[];
  firstTokenMs: number | null;
  endedMs: number | null;
  /** How far a model made of others has come. */
  progress: string | null;
}

/** What is known of all models while they are asked one prompt. Times count from its making. */
export class AskSession {
  readonly #clock: Clock;
  readonly #startMs: number;
  readonly #models: AskedModel[];
  readonly #status: (() => readonly LaneStatus[]) | null;

  constructor(
    titles: readonly string[],
    clock: Clock,
    status: (() => readonly LaneStatus[]) | null,
  ) {
    this.#clock = clock;
    this.#startMs = clock.monotonicMs();
    this.#status = status;
    this.#models = titles.map((title) => ({
      title,
      texts: [],
      answers: [],
      firstTokenMs: null,
      endedMs: null,
      progress: null,
    }));
  }

  get elapsedMs(): number {
    return this.#clock.monotonicMs() - this.#startMs;
  }

  addDelta(index: number, sample: number, text: string): void {
    const model = this.#models[index];
    if (!model || text === '') return;
    model.firstTokenMs ??= this.elapsedMs;
    model.texts[sample] = (model.texts[sample] ?? '') + text;
  }

  /** Notes how far a model made of others has come. */
  addProgress(index: number, line: string): void {
    const model = this.#models[index];
    if (model) model.progress = line;
  }

  addAnswer(index: number, sample: number, answer: Answer): void {
    const model = this.#models[index];
    if (!model) return;
    model.answers.push({ sample, answer });
    // What was streamed by tries that failed is not part of the answer.
    for (const [choice, text] of answer.texts.entries()) {
      const beside = renderBeside(answer.details?.choices?.[choice] ?? NOTHING, PLAIN_STYLE);
      const parts = [degradedLineOf(answer) ?? '', text, beside];
      model.texts[sample + choice] = parts.filter((part) => part !== '').join('\n');
    }
  }

  /** Notes that a model has given its last answer. */
  end(index: number): void {
    const model = this.#models[index];
    if (model) model.endedMs = this.elapsedMs;
  }

  /** True when a model has given its last answer. */
  hasEnded(index: number): boolean {
    return this.#models[index]?.endedMs !== null;
  }

  /** What came of one model, its samples in order. */
  result(index: number): AskResult {
    const { title, answers, endedMs } = this.#models[index]!;
    const ordered = answers.toSorted((a, b) => a.sample - b.sample);
    return {
      title,
      answers: ordered.map(({ answer }) => answer),
      totalMs: endedMs ?? this.elapsedMs,
    };
  }

  /** The numbers of the models that have answered at all. */
  answered(): number[] {
    return [...this.#models.keys()].filter((index) => this.#models[index]!.answers.length > 0);
  }

  /** The models that have not answered at all, with what was streamed of their first answers. */
  unanswered(): { readonly title: string; readonly text: string }[] {
    return this.#models
      .filter(({ answers, endedMs }) => answers.length === 0 && endedMs === null)
      .map(({ title, texts }) => ({ title, text: texts.filter(Boolean).join('\n\n') }));
  }

  /** True when every model has given all its answers, and none is an error, or degraded. */
  get complete(): boolean {
    return this.#models.every(
      ({ answers, endedMs }) => endedMs !== null && answers.every(({ answer }) => isWhole(answer)),
    );
  }

  panels(): AskPanel[] {
    const status = this.#status?.() ?? [];
    const nowMs = this.#clock.monotonicMs();
    return this.#models.map((model, index) => panelOf(model, status[index], nowMs, this.#startMs));
  }
}

function isWhole(answer: Answer): boolean {
  return answer.status === 'ok' && degradedLineOf(answer) === null;
}

function panelOf(
  model: AskedModel,
  status: LaneStatus | undefined,
  nowMs: number,
  startMs: number,
): AskPanel {
  const error = model.answers.find(({ answer }) => answer.error !== null)?.answer.error ?? null;
  const text = model.texts
    .map((one, sample) => (model.texts.length > 1 ? `[${sample + 1}] ${one}` : one))
    .join('\n\n');
  const waiting = status === undefined ? '-' : waitingText(status, nowMs);
  const ended = model.endedMs === null ? (text === '' ? 'waiting' : 'streaming') : 'done';
  return {
    title: model.title,
    state: error === null ? ended : 'failed',
    text,
    waitingFor: waiting === '-' ? model.progress : waiting,
    firstTokenMs: model.firstTokenMs,
    elapsedMs: model.endedMs ?? nowMs - startMs,
    outputTokens: model.answers.reduce<number | null>(
      (sum, { answer: { usage } }) => (usage.output === null ? sum : (sum ?? 0) + usage.output),
      null,
    ),
    isCut: model.answers.some(({ answer }) => isCut(answer)),
    isDegraded: model.answers.some(({ answer }) => degradedLineOf(answer) !== null),
    error: error === null ? null : plainLine(error.message, 1000),
  };
}
