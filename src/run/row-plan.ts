import type { JsonValue } from '../core/json.ts';
import type { GenerateRequest, SimpleModel } from '../core/model.ts';
import { TuttiError } from '../core/tutti-error.ts';
import type { WorkflowContext } from '../core/workflow.ts';

/** What is done for a row. */
export type RowPlan = {
  /** The row's own id, which its lines in the journal carry; default none. */
  readonly id?: string | undefined;
} & (CallPlan | WorkflowPlan);

/** One call, which is all: no function runs, and the row ends with its answer. */
interface CallPlan {
  readonly kind: 'call';
  readonly model: SimpleModel;
  readonly request: GenerateRequest;
}

interface WorkflowPlan {
  readonly kind: 'workflow';
  readonly run: (context: WorkflowContext) => Promise<JsonValue>;
}

/** @throws TuttiError when a row was declared to be one call and now is not, or the other way round. */
export function checkKind({ kind }: RowPlan, row: number, isSingle: boolean): void {
  if ((kind === 'call') === isSingle) return;
  const before = isSingle ? 'one call' : 'a workflow';
  throw new TuttiError('bad_usage', `row ${row} was declared to be ${before} and now is not`, {
    hint: 'What declares rows of one call must say the same of a row each time.',
  });
}
