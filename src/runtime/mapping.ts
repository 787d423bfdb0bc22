import { ONLY_CALL } from '../core/answer.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { Model } from '../core/model.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { UNKNOWN_USAGE, type Usage } from '../core/usage.ts';
import type { WorkflowContext } from '../core/workflow.ts';
import {
  CountedRows,
  columnProblems,
  fieldsOf,
  fillingProblem,
  type MapCounts,
  type MapPlan,
  type MapRow,
  MODEL_COLUMN,
  type NamedColumn,
  newColumns,
  type OutputShaping,
  OutputTable,
  planOf,
  programRow,
  TableColumns,
} from '../map/index.ts';
import type { RowResult, WorkflowRun } from '../run/index.ts';
import type { MapFailure, MapTotals } from './map-totals.ts';
import { AskCounts } from './maps/ask-counts.ts';
import { namedColumns } from './maps/asked-map.ts';
import { compileMap } from './maps/compile-map.ts';
import { refuseNoPrompt } from './maps/file-map.ts';
import { inOrder } from './maps/in-order.ts';
import type { MapRequest } from './maps/map-request.ts';
import type { Engine, EngineWorkflowOptions } from './open-engine.ts';

/** Rows that are told one by one. */
const MOST_TOLD = 20;

/** How rows that a program has are mapped. */
export interface MappingOptions
  extends Omit<MapRequest, 'file' | 'models' | 'schema' | 'steps' | 'drain' | 'signal'>,
    Pick<
      EngineWorkflowOptions<never>,
      'folder' | 'attempts' | 'timeoutMs' | 'maxWaitMs' | 'stopAfter' | 'drain' | 'signal'
    > {
  readonly models: readonly (string | Model)[];
  readonly schemaOf: () => Promise<string | JsonObject | undefined>;
  readonly answers: boolean;
}

/** A row on its way, and the number of its model. */
interface AskedRow {
  readonly row: JsonObject;
  readonly model: number;
}

/** A map of rows that a program has, through an engine; read once. */
export class Mapping implements AsyncIterable<unknown>, MapTotals {
  readonly #rows: AsyncIterable<JsonObject>;
  readonly #options: MappingOptions;
  readonly #engine: Engine;
  readonly #counted = new CountedRows();
  readonly #asks = new AskCounts();
  readonly #failures: MapFailure[] = [];
  #run: WorkflowRun<AskedRow, JsonValue> | undefined;

  constructor(rows: AsyncIterable<JsonObject>, options: MappingOptions, engine: Engine) {
    this.#rows = rows;
    this.#options = options;
    this.#engine = engine;
  }

  get usage(): Usage {
    return this.#run?.usage ?? UNKNOWN_USAGE;
  }

  get costUsd(): number | null {
    return this.#run?.costUsd ?? null;
  }

  get counts(): MapCounts {
    return this.#counted.with(this.#asks);
  }

  get failures(): readonly MapFailure[] {
    return this.#failures;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<unknown, void, void> {
    const { schemaOf, models: named, answers } = this.#options;
    const engine = this.#engine;
    const request = { ...this.#options, schema: await schemaOf(), models: undefined, file: '' };
    const { plan, shaping, problems } = await compileMap(request, engine.workingFolder);
    if (plan === null) return refuseNoPrompt();
    const inputs: JsonObject[] = [];
    const columns = new TableColumns();
    for await (const row of this.#rows) {
      inputs.push(row);
      columns.add(row);
    }
    const noModel = named.length === 0 || named.some((model) => model === undefined);
    const all = [
      ...(noModel ? ['model says nobody whom rows could be asked'] : []),
      ...problems,
      ...this.#fillingProblems(plan, inputs),
    ];
    this.#refuse(inputs.length, columns, plan, all, namedColumns(plan, shaping));
    const models = await openAll(engine, named);
    const table = this.#table(plan, shaping, columns, this.#results(engine, plan, models, inputs));
    await table.look();
    for await (const { texts, from } of table.entries(this.#counted)) {
      for (const row of texts.map(programRow)) {
        yield answers ? { row, answer: from.end?.answer ?? null } : row;
      }
    }
  }

  /** Which rows do not fit the templates; that a column is lacking is told of all rows at once. */
  #fillingProblems(plan: MapPlan, rows: readonly JsonObject[]): readonly string[] {
    const needed = this.#options.missing === 'empty' ? [] : fieldsOf(plan);
    const told: string[] = [];
    for (const [number, row] of rows.entries()) {
      if (!needed.every((name) => Object.hasOwn(row, name))) continue;
      const problem = fillingProblem(plan, row);
      if (problem !== null) told.push(`row ${number + 1}: ${problem}`);
      if (told.length === MOST_TOLD) break;
    }
    return told;
  }

  #refuse(
    rows: number,
    columns: TableColumns,
    plan: MapPlan,
    problems: readonly string[],
    named: readonly NamedColumn[],
  ): void {
    const { overwrite = false, missing = 'refuse', models } = this.#options;
    const demands = {
      ...{ made: newColumns(plan), overwrite, rows, named },
      needed: fieldsOf(plan),
      refusesMissing: missing === 'refuse',
      makesModel: models.length > 1,
    };
    const all = [
      ...problems,
      ...(rows === 0 ? ['there are no rows'] : columnProblems(columns, demands)),
    ];
    if (all.length > 0) throw new TuttiError('bad_input', all.join('\n'));
  }

  #table(
    plan: MapPlan,
    shaping: OutputShaping,
    columns: TableColumns,
    rows: AsyncIterable<MapRow>,
  ): OutputTable {
    const made = newColumns(plan);
    return new OutputTable({
      ...shaping,
      // What is gone through twice is kept.
      rows: shaping.explode === null ? rows : kept(rows),
      plan,
      making: {
        made,
        replaces: made.some((name) => columns.has(name)),
        dropsEmpty: this.#options.dropEmpty ?? false,
        taken: new Set(columns.names),
      },
      columns: null,
    });
  }

  /** The rows with their ends, in the order of the input. */
  #results(
    engine: Engine,
    plan: MapPlan,
    models: readonly Model[],
    inputs: readonly JsonObject[],
  ): AsyncIterable<MapRow> {
    const { missing, setup = true } = this.#options;
    const { folder, attempts, timeoutMs, maxWaitMs, stopAfter, drain, signal } = this.#options;
    const needed = missing === 'skip' ? fieldsOf(plan) : [];
    const all = inputs.flatMap((row) =>
      models.map((model, number): AskedRow => {
        const own = models.length === 1 ? row : { ...row, [MODEL_COLUMN]: model.reference };
        return { row: own, model: number };
      }),
    );
    const asked = all.filter(({ row }) => needed.every((name) => Object.hasOwn(row, name)));
    const planned = ({ row, model }: AskedRow) => planOf(row, plan, models[model]!);
    const run = engine.runWorkflow<AskedRow, JsonValue>(
      asked,
      async (row, context) => {
        const one = planned(row);
        const run = one.kind === 'workflow' ? one.run : one.more?.run;
        return run === undefined ? null : run(this.#counting(context));
      },
      {
        ...{ folder, attempts, timeoutMs, maxWaitMs, stopAfter, drain, signal },
        firstAlone: setup,
        entry: ({ model }) => models[model]!.reference,
        single: (row) => {
          const one = planned(row);
          if (one.kind === 'workflow' || one.more !== undefined) return undefined;
          return { model: one.model, question: one.request };
        },
      },
    );
    this.#run = run;
    return this.#rowsOf(all, new Set(asked), run);
  }

  /** Counts the answers that a row's workflow gets. */
  #counting(context: WorkflowContext): WorkflowContext {
    return {
      ask: async (...asked) => {
        const answer = await context.ask(...asked);
        this.#asks.add(answer);
        return answer;
      },
      signal: context.signal,
      note: (keys) => context.note(keys),
      progress: (line) => context.progress(line),
    };
  }

  async *#rowsOf(
    all: readonly AskedRow[],
    asked: ReadonlySet<AskedRow>,
    run: WorkflowRun<AskedRow, JsonValue>,
  ): AsyncGenerator<MapRow, void, void> {
    const results = inOrder(run, ({ row }) => row);
    try {
      let next = await results.next();
      let number = 0;
      for (const [at, one] of all.entries()) {
        const text = JSON.stringify(one.row);
        if (!asked.has(one)) {
          yield { text, end: null, isSkipped: true };
          continue;
        }
        // A run that was told to stop leaves rows out.
        const isEnded = !next.done && next.value.row === number++;
        const end = isEnded ? this.#endOf(next.value as RowResult<AskedRow, JsonValue>, at) : null;
        yield { text, end, isSkipped: false };
        if (isEnded) next = await results.next();
      }
    } finally {
      // Whoever reads no further wants nothing more asked.
      await results.return();
    }
  }

  #endOf({ input, result, error, answer, notes }: RowResult<AskedRow, JsonValue>, row: number) {
    if (answer.key.name === ONLY_CALL && answer.texts.length > 0) this.#asks.add(answer);
    if (error !== null) {
      const { errors } = notes;
      const listed = (Array.isArray(errors) ? errors : []) as unknown as MapFailure['errors'];
      this.#failures.push({ row, input: input.row, error, response: result, errors: listed });
    }
    return { result, answer, wallMs: 0, notes };
  }
}

async function openAll(
  engine: Engine,
  named: readonly (string | Model)[],
): Promise<readonly Model[]> {
  const references = named.filter((model) => typeof model === 'string');
  const opened = references.length === 0 ? [] : await engine.openModels(references);
  let next = 0;
  return named.map((model) => (typeof model === 'string' ? opened[next++]! : model));
}

function kept<Item>(items: AsyncIterable<Item>): AsyncIterable<Item> {
  let list: Item[] | undefined;
  return {
    [Symbol.asyncIterator]: async function* () {
      if (list === undefined) {
        list = [];
        for await (const item of items) list.push(item);
      }
      yield* list;
    },
  };
}
