import type { JsonValue } from '../core/json.ts';
import type { GenerateRequest, SimpleModel } from '../core/model.ts';
import type { WorkflowContext } from '../core/workflow.ts';

/** What is done for a row. */
export type RowPlan =
  /** One call, which is all: no function runs, and the row ends with its answer. */
  | { readonly kind: 'call'; readonly model: SimpleModel; readonly request: GenerateRequest }
  | {
      readonly kind: 'workflow';
      readonly run: (context: WorkflowContext) => Promise<JsonValue>;
    };
