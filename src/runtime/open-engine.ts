import type { JsonValue } from '../core/json.ts';
import type { Model } from '../core/model.ts';
import { systemClock } from '../core/system-clock.ts';
import type { Workflow } from '../core/workflow.ts';
import { type RunWorkflowOptions, WorkflowRun } from '../run/index.ts';
import { ACTIONS } from './actions.generated.ts';
import { type ActionContext, createContext, type EngineOptions } from './context/action-context.ts';
import { readEnvironment } from './environment/environment.ts';

/** What a workflow's run may be told; the rest is the engine's. */
export type EngineWorkflowOptions<Row> = Omit<
  RunWorkflowOptions<Row>,
  'clock' | 'random' | 'session' | 'lane'
>;

/** An action without the context that the engine hands to it. */
type Bound<Load> = Load extends () => Promise<
  (context: ActionContext, ...given: infer Given) => infer Result
>
  ? (...given: Given) => Result
  : never;

/** Every action of `runtime/actions`, under its name. */
type BoundActions = { readonly [Name in keyof typeof ACTIONS]: Bound<(typeof ACTIONS)[Name]> };

/**
 * Everything behind the commands, without a terminal: each action takes and gives data. All that it asks goes
 * through one session: limits hold, and connections stay open, from one run to the next, until it is disposed of.
 */
export interface Engine extends Omit<BoundActions, 'openModels'>, AsyncDisposable {
  /** Paths are from here. */
  readonly workingFolder: string;
  /**
   * Opens models, by references, the aliases of the settings or the names of saved consortiums: as many as are named, in
   * their order.
   *
   * @throws TuttiError `unknown_model`, `missing_key` or `bad_settings` with every model that cannot be asked.
   */
  openModels<const References extends readonly string[]>(
    references: References,
  ): Promise<{ -readonly [Place in keyof References]: Model }>;
  /**
   * Runs a workflow over rows, each model that `openModels` opened within the limits of the settings, any other
   * with 64 calls in flight. Nothing happens before it is read; results come as rows end.
   */
  runWorkflow<Row, Result extends JsonValue>(
    rows: Iterable<Row> | AsyncIterable<Row>,
    workflow: Workflow<Row, Result>,
    options?: EngineWorkflowOptions<Row>,
  ): WorkflowRun<Row, Result>;
}

/**
 * Opens what is behind the commands. Nothing is read and nothing is sent before it is asked for, and each action
 * is loaded when it is first used.
 *
 * @param options default: the process's environment, working folder and clock; a folder's settings count once
 *   they were agreed to
 */
export function openEngine(options: Partial<EngineOptions> = {}): Engine {
  const usual: EngineOptions = {
    environment: options.environment ?? readEnvironment(),
    workingFolder: process.cwd(),
    clock: systemClock,
    trust: false,
    agree: undefined,
  };
  return bindActions(createContext({ ...usual, ...options }, Math.random));
}

/** Makes the engine of a context. */
export function bindActions(context: ActionContext): Engine {
  const bound = Object.entries(ACTIONS).map(([name, load]) => [
    name,
    async (...given: unknown[]) => {
      const action = (await load()) as (context: ActionContext, ...given: unknown[]) => unknown;
      return action(context, ...given);
    },
  ]);
  const { clock, random, session, lanes, opener, workingFolder } = context;
  const { openModels, ...others } = Object.fromEntries(bound) as BoundActions;
  const rest: Omit<Engine, keyof BoundActions> = {
    workingFolder,
    runWorkflow: (rows, workflow, given) => {
      const lane: RunWorkflowOptions<unknown>['lane'] = (model) => lanes.get(model);
      return new WorkflowRun(rows, workflow, { ...given, clock, random, session, lane });
    },
    [Symbol.asyncDispose]: () => opener.close(),
  };
  // One model for each reference: what its type cannot say.
  return { ...others, openModels: openModels as Engine['openModels'], ...rest };
}
