import type { Answer } from '../../core/answer.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { Model } from '../../core/model.ts';
import { UNKNOWN_USAGE } from '../../core/usage.ts';
import type { Ask } from '../../core/workflow.ts';
import type { RowEnd } from '../../store/index.ts';
import type { RowYield } from '../row-yield.ts';
import type { KeptAnswer } from './ask-chain.ts';
import { askStep } from './ask-step.ts';
import { type ChainNode, rootNode } from './chain-node.ts';
import type { ChainPlan } from './chain-plan.ts';

/** What one row's answers are gone through with. */
export interface ChainTracing {
  readonly chain: ChainPlan;
  /** The model of each step, as far as it says how it is asked; nothing is. */
  readonly models: readonly Model[];
  /** Tells of each row of a step that compares rows whether it is like none before; called in the order of the rows. */
  readonly isNew: (step: number, node: ChainNode) => boolean | Promise<boolean>;
  /** Told what came of each node. */
  readonly onStep?: ((step: number, end: StepCame) => void) | undefined;
}

/** What came of a node, in numbers. */
export interface StepCame {
  readonly came: RowYield;
  /** Rows that went on, or came out. */
  readonly out: number;
  readonly dropped: number;
}

/** The answers that a row has, by the names of its asks. */
export type SavedAsks = ReadonlyMap<string, Answer>;

/**
 * Goes through what a row was answered, step by step, as it was asked, and gives what comes out in order: what went no
 * further, with what it has, and what came out of the last step.
 *
 * @param end how the row has ended
 */
export async function* traceChain(
  tracing: ChainTracing,
  row: JsonObject,
  saved: SavedAsks,
  end: Pick<RowEnd, 'result'> | null,
): AsyncGenerator<ChainNode, void, void> {
  yield* traceNode(tracing, rootNode(row), askOf(saved, end?.result ?? null));
}

async function* traceNode(
  tracing: ChainTracing,
  node: ChainNode,
  ask: Ask,
): AsyncGenerator<ChainNode, void, void> {
  const { chain, models, isNew, onStep } = tracing;
  const step = chain.steps[node.step]!;
  const { came, children, dropped } = await askStep(chain, node, models[node.step]!, { ask });
  const goOn: ChainNode[] = [];
  for (const child of children) {
    const isKept = step.distinct === null || (await isNew(node.step, child));
    if (isKept) goOn.push(child);
  }
  onStep?.(node.step, {
    came,
    out: goOn.length,
    dropped: dropped + children.length - goOn.length,
  });
  if (came.rows.length === 0) {
    if (!(came.isEmpty && step.dropsEmpty)) yield node;
    return;
  }
  const isLast = node.step + 1 === chain.steps.length;
  for (const child of goOn) {
    if (isLast) yield child;
    else yield* traceNode(tracing, child, ask);
  }
}

/** Answers from what is saved: what is not there was not asked. */
function askOf(saved: SavedAsks, result: JsonValue): Ask {
  const kept = isJsonObject(result) ? result : {};
  return async (name) => {
    const own = Object.hasOwn(kept, name) ? (kept[name] as unknown as KeptAnswer) : undefined;
    const answer = own === undefined ? saved.get(name) : { ...NOT_ASKED, ...own };
    // What has come, or not, is there: nothing is waited for.
    return answer ?? NOT_ASKED;
  };
}

const NOT_ASKED: Answer = {
  key: { row: 0, name: '' },
  status: 'error',
  texts: [],
  error: {
    code: 'not_sent',
    message: 'not asked',
    hint: null,
    retryable: true,
    httpStatus: null,
    partialText: null,
  },
  model: null,
  finishReason: null,
  usage: UNKNOWN_USAGE,
  costUsd: null,
  latencyMs: 0,
  firstTokenMs: null,
  attempts: 0,
  startedAt: '',
  requestId: null,
  cached: false,
};
