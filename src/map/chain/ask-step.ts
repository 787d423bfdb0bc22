import type { AnswerError } from '../../core/answer.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { Model } from '../../core/model.ts';
import { AnswerFailure, LaneFailure, type WorkflowContext } from '../../core/workflow.ts';
import { outcomeOfRow } from '../ask-row.ts';
import type { Outcome } from '../ask-within.ts';
import { objectsOfCell } from '../explosion.ts';
import { newColumns } from '../map-plan.ts';
import { type RowYield, yieldOfOutcome } from '../row-yield.ts';
import { askName, type ChainNode, childNode, withoutColumn } from './chain-node.ts';
import type { ChainPlan, ChainStep } from './chain-plan.ts';

/** What came of a node. */
export interface StepEnd {
  readonly came: RowYield;
  /** Why it failed, or which part of its answer; null: it did not. */
  readonly error: AnswerError | null;
  /** What it failed with: the text that could not be used, and what is wrong with it. */
  readonly response: JsonValue;
  readonly errors: JsonValue | undefined;
  /** The rows that go on, in order. */
  readonly children: readonly ChainNode[];
  /** Rows of which `keep` does not hold. */
  readonly dropped: number;
}

/** What of asking is needed. */
type Asking = Pick<WorkflowContext, 'ask'>;

/** Asks what a step asks about a node. @throws LaneFailure where it cannot be asked in this run */
export async function askStep(
  chain: ChainPlan,
  node: ChainNode,
  model: Model,
  context: Asking,
): Promise<StepEnd> {
  const step = chain.steps[node.step]!;
  const plan = { ...step.plan, name: askName(step.plan.name, node) };
  const outcome = await outcomeOf(() => outcomeOfRow(plan, model, node.row, context));
  const came = yieldOfOutcome(outcome, plan);
  const { error, value: response, notes } = outcome;
  const failed = { came, error, response, errors: notes.errors };
  try {
    const all = came.rows.flatMap((object) => rowsOf(step, node, object, chain.overwrites));
    const children = all
      .map((columns, index) => columns(index))
      .filter(({ row }) => step.keep?.holds(row) !== false);
    return { ...failed, children, dropped: all.length - children.length };
  } catch (thrown) {
    const wrong = errorOf(thrown);
    const nothing: RowYield = { ...came, rows: [], state: 'failed', isInvalid: true };
    return { ...failed, came: nothing, error: wrong, children: [], dropped: 0 };
  }
}

/** A template that cannot be filled with what an answer holds fails its row, and not those beside it. */
async function outcomeOf(ask: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await ask();
  } catch (thrown) {
    if (thrown instanceof LaneFailure) throw thrown;
    return { value: null, error: errorOf(thrown), notes: {} };
  }
}

function errorOf(thrown: unknown): AnswerError {
  if (thrown instanceof AnswerFailure) return thrown.error;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    ...{ code: 'workflow_failed', message, hint: null, retryable: false },
    ...{ httpStatus: null, partialText: null },
  };
}

/** Makes the nodes that an object of an answer becomes, once their numbers are known: several where a list is exploded. */
function rowsOf(
  { plan, explode }: ChainStep,
  node: ChainNode,
  object: JsonObject,
  overwrites: boolean,
): ((index: number) => ChainNode)[] {
  const named = newColumns(plan).map((name) => [name, ownOrNull(object, name)] as const);
  const more = Object.entries(object).filter(
    ([name]) => !named.some(([own]) => own === name) && !Object.hasOwn(node.row, name),
  );
  const columns = [...named, ...more];
  const base = (index: number) => childNode(node, index, columns);
  if (explode === null) return [base];
  const { row } = base(0);
  const objects = objectsOfCell(ownOrNull(row, explode));
  if (objects === null) return [base];
  return objects.map((one) => {
    if (!overwrites) refuseClash(one, row, explode);
    return (index) => exploded(base(index), explode, one);
  });
}

function exploded(node: ChainNode, column: string, object: JsonObject): ChainNode {
  const { row, made, gone } = withoutColumn(node, column);
  const added = new Map(made);
  for (const [name, value] of Object.entries(object)) added.set(name, value ?? null);
  return { ...node, row: { ...row, ...object }, made: added, gone };
}

function refuseClash(object: JsonObject, row: JsonObject, column: string): void {
  const name = Object.keys(object).find((key) => key !== column && Object.hasOwn(row, key));
  if (name === undefined) return;
  throw new Error(
    `an object in ${JSON.stringify(column)} has the key ${JSON.stringify(name.slice(0, 60))}, which is a column already`,
  );
}

function ownOrNull(object: JsonObject, name: string): JsonValue {
  return Object.hasOwn(object, name) ? (object[name] ?? null) : null;
}
