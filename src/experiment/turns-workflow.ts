import { type Answer, type AnswerError, turnName } from '../core/answer.ts';
import type { JsonValue } from '../core/json.ts';
import type { Message } from '../core/message.ts';
import { isComposite, type Model } from '../core/model.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { AnswerFailure, type Workflow, type WorkflowContext } from '../core/workflow.ts';
import type { RunMedia } from '../media/index.ts';
import type { RowPlan } from '../run/index.ts';
import type { LaneTarget } from './lane-plan.ts';
import type { ExperimentRow } from './row/experiment-row.ts';
import { isProblem, parseRow } from './row/parse-row.ts';

/** A row of the experiment's own copy, and where it stands there. */
export interface RowText {
  readonly text: string;
  /** Number of its line, for messages. */
  readonly line: number;
}

/** How the calls of a run are made where their rows do not say it. */
export interface CallDefaults {
  readonly stream?: boolean | undefined;
  readonly keepRaw?: boolean | undefined;
  /** Turns what rows show into what is sent; default: it goes as it is written. */
  readonly media?: Pick<RunMedia, 'convert'> | undefined;
}

/** One text, the list of a call's choices, or null for a call without an answer. */
type CallResponse = string | readonly string[] | null;

/** Texts of one sample, turn by turn. */
interface Chain {
  readonly responses: readonly CallResponse[];
  readonly error: AnswerError | null;
}

/**
 * How many requests each turn of a row needs: one, where the provider gives several choices at once
 * and no later turn builds on them; else one for each sample.
 */
export function requestsPerTurn(row: ExperimentRow, target: LaneTarget): number {
  return target.severalChoices && row.turns.length === 1 ? 1 : row.samples;
}

/** True for a row that is one call of one endpoint, whatever comes back. */
export function isOneCall(row: ExperimentRow, target: LaneTarget): boolean {
  if (target.isComposite || row.reply !== null) return false;
  return row.turns.length * requestsPerTurn(row, target) === 1;
}

/**
 * Says what is done for a row of an experiment: its one call, or its turns, one after the other, for each sample, or
 * asking until the reply has its form.
 *
 * @throws TuttiError `bad_input` when the row is not what it was when it was checked.
 */
export function planRow(
  given: RowText,
  target: LaneTarget,
  model: Model,
  defaults: CallDefaults = {},
): RowPlan {
  const found = readRow(given);
  const turns = sentTurns(found, target, defaults);
  const stream = found.stream ?? defaults.stream ?? null;
  const keepRaw = found.keepRaw ?? defaults.keepRaw ?? null;
  const isAsWritten = turns === found.turns && stream === found.stream && keepRaw === found.keepRaw;
  const row = isAsWritten ? found : { ...found, turns, stream, keepRaw };
  if (isOneCall(row, target) && !isComposite(model)) {
    const request = requestOf(row, row.turns[0]!, row.samples);
    return { kind: 'call', model, request, id: idOf(row) };
  }
  const samples = requestsPerTurn(row, target);
  const { reply } = row;
  const run = async (context: WorkflowContext) => {
    if (reply === null) return askTurns({ row, model, samples }, context);
    const { askForReply } = await import('./reply-workflow.ts');
    return askForReply({ reply, model, request: requestOf(row, row.turns[0]!, 1) }, context.ask);
  };
  return { kind: 'workflow', run, id: idOf(row) };
}

function sentTurns(
  { turns }: ExperimentRow,
  target: LaneTarget,
  { media }: CallDefaults,
): ExperimentRow['turns'] {
  if (media === undefined || target.media === undefined) return turns;
  const [first, ...later] = turns;
  const sent = media.convert(first!, target.media);
  return sent === first ? turns : [sent, ...later];
}

/** An id as long as a text is not written once more with each line. */
const MAX_ID = 1000;

function idOf({ id }: ExperimentRow): string | undefined {
  return id === null || id.length > MAX_ID ? undefined : id;
}

/** What a row of several calls shows of the answers it has, when it has not all of them. */
export function partialResponse(
  given: RowText,
  target: LaneTarget,
  answers: readonly Answer[],
): JsonValue {
  const row = readRow(given);
  if (row.reply !== null) return responseOf(answers.findLast(({ error }) => error === null));
  const byName = new Map(answers.map((answer) => [answer.key.name, answer]));
  const chains = Array.from({ length: requestsPerTurn(row, target) }, (_, sample) =>
    row.turns.map((_, turn) => responseOf(byName.get(turnName(turn, sample)))),
  );
  return chains.flat().every((response) => response === null) ? null : arranged(row, chains);
}

interface Turns {
  readonly row: ExperimentRow;
  readonly model: Model;
  /** Chains of turns, each with a history of its own. */
  readonly samples: number;
}

/** A chain ends with the turn that failed; the others go on, and the row fails with the first error. */
const askTurns: Workflow<Turns, JsonValue> = async ({ row, model, samples }, { ask }) => {
  const chainOf = async (sample: number): Promise<Chain> => {
    const history = [...row.turns[0]!];
    const responses: CallResponse[] = [];
    for (const turn of row.turns.keys()) {
      const choices = samples === 1 && row.turns.length === 1 ? row.samples : 1;
      const request = requestOf(row, [...history], choices);
      const answer = await ask(turnName(turn, sample), model, request);
      if (answer.error !== null) return { responses, error: answer.error };
      responses.push(responseOf(answer));
      const next = row.turns[turn + 1] ?? [];
      history.push({ role: 'assistant', content: answer.texts[0] ?? '' }, ...next);
    }
    return { responses, error: null };
  };
  const chains = await Promise.all(Array.from({ length: samples }, (_, sample) => chainOf(sample)));
  const failed = chains.find(({ error }) => error !== null);
  if (failed?.error) throw new AnswerFailure(failed.error);
  return arranged(
    row,
    chains.map(({ responses }) => responses),
  );
};

function requestOf(row: ExperimentRow, messages: readonly Message[], choices: number) {
  const { parameters, mode } = row;
  return {
    messages,
    parameters,
    choices,
    mode,
    safetyFilter: row.safetyFilter ?? undefined,
    stream: row.stream ?? undefined,
    keepRaw: row.keepRaw ?? undefined,
  };
}

function responseOf(answer: Answer | undefined): CallResponse {
  if (answer === undefined || answer.texts.length === 0) return null;
  return answer.texts.length === 1 ? answer.texts[0]! : answer.texts;
}

/** By turn, by sample, or by sample and then turn; the one response of a row of one call. */
function arranged(row: ExperimentRow, chains: readonly (readonly CallResponse[])[]): JsonValue {
  if (chains.length === 1) return row.turns.length === 1 ? chains[0]![0]! : chains[0]!;
  return row.turns.length === 1 ? chains.map(([response]) => response!) : chains;
}

function readRow({ text, line }: RowText): ExperimentRow {
  const parsed = parseRow(text, line);
  if (!isProblem(parsed)) return parsed;
  throw new TuttiError(
    'bad_input',
    `line ${parsed.line} of the run's input.jsonl has changed since it was checked: ${parsed.message}`,
    { hint: 'Begin another run with --new.' },
  );
}
