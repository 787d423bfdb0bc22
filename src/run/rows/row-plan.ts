import type { Answer } from '../../core/answer.ts';
import type { JsonValue } from '../../core/json.ts';
import type { GenerateRequest, SimpleModel } from '../../core/model.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { WorkflowContext } from '../../core/workflow.ts';

/** What is done for a row. */
export type RowPlan = {
  /** The row's own id, which its lines in the journal carry; default none. */
  readonly id?: string | undefined;
} & (CallPlan | WorkflowPlan);

/** One call, which is all: no function runs, and the row ends with its answer. */
export interface CallPlan {
  readonly kind: 'call';
  readonly model: SimpleModel;
  readonly request: GenerateRequest;
  /** What is done where its answer is not enough; the table must know that the row may grow. Default: nothing. */
  readonly more?: MoreCalls | undefined;
}

/** What becomes of a row of one call whose answer is not enough. */
export interface MoreCalls {
  /** What the workflow calls that first call: it asks the same by this name, and gets the answer that is there. */
  readonly name: string;
  readonly isEnough: (answer: Answer) => boolean;
  readonly run: (context: WorkflowContext) => Promise<JsonValue>;
}

interface WorkflowPlan {
  readonly kind: 'workflow';
  readonly run: (context: WorkflowContext) => Promise<JsonValue>;
}

/** What is done for a row of which more than one call has been made: its workflow, though it began as one call. */
export function planOfGrown(plan: RowPlan): RowPlan {
  if (plan.kind === 'workflow' || plan.more === undefined) return plan;
  return { kind: 'workflow', run: plan.more.run, id: plan.id };
}

/** @throws TuttiError when a row was declared to be one call and now is not, or the other way round. */
export function checkKind({ kind }: RowPlan, row: number, isSingle: boolean): void {
  if ((kind === 'call') === isSingle) return;
  const before = isSingle ? 'one call' : 'a workflow';
  throw new TuttiError('bad_usage', `row ${row} was declared to be ${before} and now is not`, {
    hint: 'What declares rows of one call must say the same of a row each time.',
  });
}
