import { stat } from 'node:fs/promises';
import { isJsonObject } from '../../core/json.ts';
import type { Model } from '../../core/model.ts';
import { plainLine } from '../../core/plain-text.ts';
import type { Ask } from '../../core/workflow.ts';
import type { PreparedStrategy, RoundAnswer, Selection, Strategy } from '../../panel/index.ts';
import type { NumberedSelection, StrategyMethod } from './strategy-messages.ts';
import { type OnAsk, StrategyThread, type StrategyThreadOptions } from './strategy-thread.ts';

type PrepareStrategy = Parameters<Strategy['prepare']>[0];

/** A path, as `./mine.ts`, or a name that ends as one: as scorers of one's own are named. */
const PATH = /^(?:\.{1,2}[\\/]|[\\/]|[A-Za-z]:[\\/])|\.(?:[cm]?[jt]s)$/;

/** True for what names a file that is a strategy. */
export function isStrategyFile(name: string): boolean {
  return PATH.test(name);
}

/**
 * Loads a strategy from a file of the user, in a thread of its own: only a flag may name it. It exports an object
 * `strategy`, of which only `prepare` is needed.
 *
 * @param shown the file as the user wrote it
 * @returns what is wrong with it, as a sentence
 */
export async function loadStrategy(
  shown: string,
  options: StrategyThreadOptions,
): Promise<Strategy | string> {
  const label = `--strategy ${plainLine(shown, 500)}`;
  if (!(await isThere(options.path))) return `${label}: there is no such file.`;
  const { thread, first } = await StrategyThread.open(options);
  if (!('loaded' in first)) {
    const { problem, hint } = { hint: undefined, problem: 'it says nothing', ...first };
    return `${label}: ${problem.replace(/\.$/, '')}.${hint === undefined ? '' : ` ${hint}`}`;
  }
  const prepare = (given: PrepareStrategy) => preparedIn(thread, label, given);
  return { name: shown, ...first.loaded, prepare };
}

/** The functions that a strategy prepares, each called in its thread. */
async function preparedIn(
  thread: StrategyThread,
  label: string,
  { models, ...given }: PrepareStrategy,
): Promise<PreparedStrategy> {
  const fail = (method: string, why: string) =>
    new TypeError(`${label}: ${method}() failed: ${why}`);
  const references = Object.entries(models).map(([name, { reference }]) => [name, reference]);
  const reply = await thread.order({
    prepare: { ...given, models: Object.fromEntries(references) as Record<string, string> },
  });
  if (!('prepared' in reply)) {
    throw fail('prepare', 'problem' in reply ? reply.problem : 'it said something else');
  }
  const call = async <Value>(
    method: StrategyMethod,
    args: readonly unknown[],
    read: (value: unknown) => Value | undefined,
    onAsk?: OnAsk,
  ): Promise<Value> => {
    const said = await thread.order({ call: method, given: args }, onAsk);
    if (!('value' in said)) {
      throw fail(method, 'problem' in said ? said.problem : 'it said something else');
    }
    const value = read(said.value);
    if (value === undefined) throw fail(method, 'it gave nothing that can be used');
    return value;
  };
  const has = (method: StrategyMethod) => reply.prepared.includes(method);
  return {
    request: reply.request,
    ...(has('members') && {
      members: (members, earlier) =>
        call('members', [members, earlier.map(numbersOf)], (value) => someOf(value, members)),
    }),
    ...(has('system') && {
      system: async (member) =>
        (await call('system', [member], (value) => textOrNull(value))) ?? undefined,
    }),
    ...(has('extract') && {
      extract: (response) => call('extract', [response], (value) => textOrNull(value)),
    }),
    ...(has('isDecided') && {
      isDecided: (answers, outstanding) =>
        call('isDecided', [answers, outstanding], (value) => value === true),
    }),
    ...(has('select') && {
      select: (answers, { ask, asked }) =>
        call(
          'select',
          [answers, asked],
          (value) => selectionOf(value as NumberedSelection, answers),
          askerOf(ask, models),
        ),
    }),
    ...(has('wantsRound') && {
      wantsRound: (rounds) =>
        call('wantsRound', [rounds.map(numbersOf)], (value) => value === true),
    }),
  };
}

/** What a strategy knows of a round; there is more in it that is nobody's business. */
function numbersOf({ members, ranking }: { readonly members: unknown; readonly ranking: unknown }) {
  return { members, ranking };
}

function someOf(value: unknown, members: readonly number[]): readonly number[] | undefined {
  if (!Array.isArray(value) || new Set(value).size !== value.length) return undefined;
  return value.every((one) => members.includes(one as number)) ? value : undefined;
}

/** Null is nothing, as is undefined; anything else is a mistake. */
function textOrNull(value: unknown): string | null | undefined {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : undefined;
}

function selectionOf(
  { kept, winners, agreement, confidence, degraded = [] }: NumberedSelection,
  answers: readonly RoundAnswer[],
): Selection | undefined {
  const isSure = confidence === undefined || confidence === null || isShare(confidence);
  const areTexts = Array.isArray(degraded) && degraded.every((one) => typeof one === 'string');
  const isAgreed = agreement === undefined || isAgreement(agreement);
  if (!isSure || !areTexts || !isAgreed) return undefined;
  return {
    kept: kept.map((at) => answers[at]!),
    ...(winners !== undefined && { winners: winners.map((at) => answers[at]!) }),
    ...(agreement !== undefined && { agreement }),
    ...(confidence !== undefined && { confidence }),
    degraded,
  };
}

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

function isAgreement(value: unknown): boolean {
  if (!isJsonObject(value) || !Array.isArray(value.groups)) return false;
  const areGroups = value.groups.every(
    (group) =>
      isJsonObject(group) && typeof group.answer === 'string' && Array.isArray(group.members),
  );
  return areGroups && isShare(value.share) && typeof value.tied === 'boolean';
}

/** Makes the calls of a strategy with the models that its parameters name. */
function askerOf(ask: Ask, models: Readonly<Record<string, Model>>): OnAsk {
  return async ({ ask: number, name, model, question, optional }) => {
    const known = Object.hasOwn(models, model) ? models[model] : undefined;
    if (known === undefined) throw new TypeError('a model that no parameter names was asked');
    return { asked: number, answer: await ask(name, known, question, { optional }) };
  };
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
