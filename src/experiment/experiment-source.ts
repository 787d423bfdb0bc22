import type { Call, CallSource } from '../ask/index.ts';
import type { Answer } from '../core/answer.ts';
import type { Message } from '../core/message.ts';
import type { Model } from '../core/model.ts';
import { TuttiError } from '../core/tutti-error.ts';
import type { RowReader, RowTable } from '../store/index.ts';
import { LaneRows } from './lane-rows.ts';
import type { ExperimentRow } from './row/experiment-row.ts';
import { isProblem, parseRow } from './row/parse-row.ts';

/** What a source is made of. */
export interface ExperimentSourceOptions {
  readonly table: RowTable;
  readonly reader: RowReader;
  /** The model of each lane. */
  readonly models: readonly Model[];
  /** Answers of a row that were saved by an earlier process, to go on where it stopped. */
  readonly savedAnswers: (row: number) => Promise<readonly Answer[]>;
}

/** A row of several turns or samples that is under way: one history for each sample. */
interface OpenRow {
  readonly row: ExperimentRow;
  readonly histories: Message[][];
  /** Samples that have not come to their end. */
  left: number;
}

/**
 * Gives out the calls of an experiment that have no answer yet. Each lane has a cursor of its own and
 * reads its own rows, so that a slow lane never holds back another one's, whatever their order in the file.
 */
export class ExperimentSource implements CallSource {
  readonly #options: ExperimentSourceOptions;
  readonly #rows: LaneRows;
  /** First calls of samples that have not been given out, by lane. */
  readonly #waiting: Call[][];
  readonly #openRows = new Map<number, OpenRow>();

  /** The table must know the answers of earlier processes. */
  constructor(options: ExperimentSourceOptions) {
    this.#options = options;
    this.#rows = new LaneRows(options.table, options.models.length);
    this.#waiting = options.models.map(() => []);
  }

  next(lane: number): Call | undefined | Promise<Call | undefined> {
    const waiting = this.#waiting[lane]!.shift();
    if (waiting) return waiting;
    const row = this.#rows.next(lane);
    if (row === undefined) return undefined;
    const text = this.#options.reader.text(row);
    if (typeof text !== 'string' || this.#options.table.stateOf(row) === 'partly') {
      return this.#open(lane, row, text);
    }
    return this.#firstCall(lane, row, this.#parse(row, text), []);
  }

  after(call: Call, answer: Answer): Call | undefined {
    const open = this.#openRows.get(call.key.row);
    if (!open) return undefined;
    const { row, histories } = open;
    const { sample } = call.key;
    const turn = call.key.turn + 1;
    const messages = row.turns[turn];
    if (answer.status === 'ok' && messages) {
      const history = histories[sample]!;
      history.push({ role: 'assistant', content: answer.texts[0] ?? '' }, ...messages);
      return this.#call(call.model, row, { row: call.key.row, turn, sample }, [...history]);
    }
    open.left--;
    if (open.left === 0) this.#openRows.delete(call.key.row);
    return undefined;
  }

  async #open(
    lane: number,
    row: number,
    text: string | Promise<string>,
  ): Promise<Call | undefined> {
    const parsed = this.#parse(row, await text);
    const partly = this.#options.table.stateOf(row) === 'partly';
    const saved = partly ? await this.#options.savedAnswers(row) : [];
    return this.#firstCall(lane, row, parsed, saved) ?? this.next(lane);
  }

  /** Makes the row's first calls, one for each sample that has a turn left; the others wait. */
  #firstCall(
    lane: number,
    number: number,
    row: ExperimentRow,
    saved: readonly Answer[],
  ): Call | undefined {
    const { table, models } = this.#options;
    const model = models[lane]!;
    const samples = table.samplesOf(number);
    if (samples === 1 && row.turns.length === 1) {
      return this.#call(
        model,
        row,
        { row: number, turn: 0, sample: 0 },
        row.turns[0]!,
        row.samples,
      );
    }
    const open: OpenRow = { row, histories: [], left: 0 };
    const calls: Call[] = [];
    const savedTurns = bySample(saved, samples);
    for (let sample = 0; sample < samples; sample++) {
      const start = resumeSample(row, savedTurns[sample]!);
      open.histories.push(start.history);
      if (start.turn === undefined) continue;
      open.left++;
      const key = { row: number, turn: start.turn, sample };
      calls.push(this.#call(model, row, key, [...start.history]));
    }
    if (open.left > 0) this.#openRows.set(number, open);
    const [first, ...others] = calls;
    this.#waiting[lane]!.push(...others);
    return first;
  }

  #call(
    model: Model,
    row: ExperimentRow,
    key: Call['key'],
    messages: readonly Message[],
    choices = 1,
  ): Call {
    const { parameters, mode } = row;
    const safetyFilter = row.safetyFilter ?? undefined;
    const hasFollowUp = row.turns.length > key.turn + 1;
    const request = { messages, parameters, choices, mode, safetyFilter };
    return { key, model, request, hasFollowUp };
  }

  #parse(row: number, text: string): ExperimentRow {
    const parsed = parseRow(text, this.#options.table.lineOf(row));
    if (!isProblem(parsed)) return parsed;
    throw new TuttiError(
      'bad_input',
      `line ${parsed.line} of the run's input.jsonl has changed since it was checked: ${parsed.message}`,
      { hint: 'Begin another run with --new.' },
    );
  }
}

/** The saved answers of each sample by turn; of several to one call the first one counts. */
function bySample(saved: readonly Answer[], samples: number): Answer[][] {
  const turns = Array.from({ length: samples }, (): Answer[] => []);
  for (const answer of saved) turns[answer.key.sample]![answer.key.turn] ??= answer;
  return turns;
}

/** Where a sample goes on, given its saved answers by turn: its history and its next turn, if any. */
function resumeSample(
  row: ExperimentRow,
  saved: readonly (Answer | undefined)[],
): { history: Message[]; turn: number | undefined } {
  const history = [...row.turns[0]!];
  for (let turn = 0; ; turn++) {
    const answer = saved[turn];
    if (!answer) return { history, turn };
    const messages = row.turns[turn + 1];
    if (answer.status === 'error' || !messages) return { history, turn: undefined };
    history.push({ role: 'assistant', content: answer.texts[0] ?? '' }, ...messages);
  }
}
