import type { JsonValue } from '../../core/json.ts';
import type { Model } from '../../core/model.ts';
import type { Workflow } from '../../core/workflow.ts';
import { type RunWorkflowOptions, WorkflowRun } from '../../run/index.ts';
import { type EngineContext, readConfiguration } from '../action-context.ts';
import { chooseModels } from '../models/choose-models.ts';
import { createFindTarget } from '../models/find-lane-target.ts';

/** What a workflow's run may be told; the rest is the engine's. */
export type EngineWorkflowOptions<Row> = Omit<
  RunWorkflowOptions<Row>,
  'clock' | 'random' | 'session' | 'lane'
>;

/** Opens models for a program; see `Engine.openModels`. */
export async function openModels(
  references: readonly string[],
  context: EngineContext,
): Promise<Model[]> {
  const configuration = await readConfiguration(context);
  const models = chooseModels(references, configuration);
  const { rpm, tpm, concurrency } = configuration.settings.run;
  const findTarget = createFindTarget({
    context: configuration,
    limits: new Map(),
    usual: {
      requestsPerMinute: rpm.value ?? undefined,
      tokensPerMinute: tpm.value ?? undefined,
      concurrency: concurrency.value,
    },
    concurrencyIsSet: concurrency.layer !== 'default',
    open: (model) => context.opener.open(model),
  });
  const selector = { api: null, modelName: null, group: null };
  return Promise.all(
    models.map(async ({ reference }) => {
      const target = findTarget({ ...selector, reference });
      if ('message' in target) throw new Error(target.message);
      const model = await target.open();
      context.lanes.set(model, target);
      return model;
    }),
  );
}

/** Runs a workflow over rows; see `Engine.runWorkflow`. */
export function runWorkflow<Row, Result extends JsonValue>(
  rows: Iterable<Row> | AsyncIterable<Row>,
  workflow: Workflow<Row, Result>,
  options: EngineWorkflowOptions<Row>,
  { clock, random, session, lanes }: EngineContext,
): WorkflowRun<Row, Result> {
  const lane: RunWorkflowOptions<Row>['lane'] = (model) => lanes.get(model);
  return new WorkflowRun(rows, workflow, { ...options, clock, random, session, lane });
}
