// A thread in which a strategy of the user's own works: whatever hangs, hangs here.
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Answer } from '../../core/answer.ts';
import type { Model } from '../../core/model.ts';
import { messageOf } from '../../core/thrown-message.ts';
import type { Question } from '../../core/workflow.ts';
import type { PreparedStrategy, Strategy, StrategyMember } from '../../panel/index.ts';
import type {
  NumberedSelection,
  PrepareOrder,
  StrategyMessage,
  StrategyMethod,
  StrategyOrder,
} from './strategy-messages.ts';

const METHODS: readonly StrategyMethod[] = [
  ...(['members', 'system', 'extract', 'isDecided', 'select', 'wantsRound'] as const),
];

let strategy: Strategy | undefined;
let prepared: PreparedStrategy = {};
let asks = 0;
const waiting = new Map<number, (answer: Answer) => void>();

parentPort?.on('message', (order: StrategyOrder) => {
  if ('asked' in order) {
    waiting.get(order.asked)?.(order.answer);
    waiting.delete(order.asked);
  } else void answer(() => ('prepare' in order ? prepare(order) : call(order.call, order.given)));
});
await answer(load);

async function answer(act: () => StrategyMessage | Promise<StrategyMessage>): Promise<void> {
  try {
    tell(await act());
  } catch (error) {
    // What cannot be sent is no value either.
    tell({ problem: messageOf(error) });
  }
}

async function load(): Promise<StrategyMessage> {
  const { path } = workerData as { readonly path: string };
  let found: unknown;
  try {
    const loaded = (await import(pathToFileURL(path).href)) as Exported;
    // What a CommonJS file exports is not always seen as names.
    found = loaded.strategy ?? loaded.default?.strategy;
  } catch (error) {
    const isCommon = error instanceof SyntaxError && /\.[jt]s$/.test(path);
    const hint =
      'Name it .mts, or .mjs, where the nearest package.json does not say "type": "module".';
    return { problem: `it cannot be loaded: ${messageOf(error)}`, ...(isCommon && { hint }) };
  }
  if (typeof found !== 'object' || found === null || Array.isArray(found)) {
    return { problem: 'it exports no object `strategy` with prepare()' };
  }
  const given = found as Strategy;
  const { about = 'a strategy of your own', parameters = [], decides, ranks } = given;
  if (typeof given.prepare !== 'function') {
    return { problem: 'its `strategy` has no function prepare()' };
  }
  if (!Array.isArray(parameters)) return { problem: 'its parameters are no list' };
  strategy = given;
  return { loaded: { about, parameters, decides: decides === true, ranks: ranks === true } };
}

async function prepare({ prepare: given }: PrepareOrder): Promise<StrategyMessage> {
  const { parameters, models, members, extract, seed } = given;
  const found: unknown = await strategy!.prepare({
    ...{ parameters: parameters as Parameters<Strategy['prepare']>[0]['parameters'] },
    models: Object.fromEntries(
      Object.entries(models).map(([name, reference]) => [name, { reference, name } as never]),
    ),
    ...{ members, extract, seed },
  });
  if (typeof found !== 'object' || found === null) return { problem: 'prepare() gave no object' };
  prepared = found as PreparedStrategy;
  const methods = METHODS.filter((method) => typeof prepared[method] === 'function');
  const { request } = prepared;
  return { prepared: methods, request: typeof request === 'string' ? request : undefined };
}

async function call(method: StrategyMethod, given: readonly unknown[]): Promise<StrategyMessage> {
  if (method === 'select') return { value: await select(given as SelectArguments) };
  const act = prepared[method] as (...given: readonly unknown[]) => unknown;
  return { value: await act.apply(prepared, given as unknown[]) };
}

type SelectArguments = readonly [
  answers: Parameters<NonNullable<PreparedStrategy['select']>>[0],
  asked: readonly StrategyMember[],
];

async function select([answers, asked]: SelectArguments): Promise<NumberedSelection> {
  const selection = await prepared.select!(answers, { ask, asked });
  const numbers = (chosen: unknown): number[] | undefined => {
    if (!Array.isArray(chosen)) return undefined;
    const found = chosen.map((one) => answers.indexOf(one));
    return found.includes(-1) ? undefined : found;
  };
  const kept = numbers(selection?.kept);
  const winners = selection?.winners === undefined ? undefined : numbers(selection.winners);
  if (kept === undefined || (selection.winners !== undefined && winners === undefined)) {
    throw new TypeError('it must give {kept: […]} with answers that it was given');
  }
  return { ...selection, kept, winners };
}

/** A call that goes through the row's own `ask`, in the lane of its model. */
function ask(
  name: string,
  model: Model,
  question: Question,
  options: { readonly optional?: boolean | undefined } = {},
): Promise<Answer> {
  const number = ++asks;
  return new Promise((resolve) => {
    waiting.set(number, resolve);
    tell({
      ...{ ask: number, name, model: (model as Model & { readonly name: string }).name },
      ...{ question, optional: options.optional === true },
    });
  });
}

function tell(message: StrategyMessage): void {
  parentPort?.postMessage(message);
}

interface Exported {
  readonly strategy?: unknown;
  readonly default?: { readonly strategy?: unknown };
}
