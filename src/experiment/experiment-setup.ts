import type { LaneDescription, RunSetup } from '../run/index.ts';
import type { FindTarget } from './lane-plan.ts';
import type { PreparedRun } from './prepared-run.ts';
import type { ProblemList } from './problem-list.ts';
import type { Problem } from './row/problem.ts';
import { type CallDefaults, partialResponse, planRow } from './turns-workflow.ts';
import type { VerdictKeys } from './verdict-keys.ts';

/** A run of an experiment. */
export interface ExperimentSetup extends RunSetup {
  /** Counts and sums up the verdicts of its records; undefined where its rows ask for none. */
  readonly verdicts?: VerdictKeys;
}

/** Makes a prepared experiment a run: what is done for its rows, and what becomes of its malformed lines. */
export async function experimentSetup(
  run: PreparedRun,
  findTarget: FindTarget,
  defaults: CallDefaults = {},
): Promise<ExperimentSetup> {
  const { folder, lock, resumed, facts } = run;
  const { table, lanes, lineProblems, hasVerdicts } = run.pass;
  // Loaded where rows ask for verdicts only.
  const verdicts = hasVerdicts ? new (await import('./verdict-keys.ts')).VerdictKeys() : null;
  const given = (row: number, text: string) => ({ text, line: table.lineOf(row) });
  const targetOf = (row: number) => lanes[table.entryOf(row)]!;
  return {
    ...{ folder, lock, resumed, facts, table },
    entries: lanes.map((lane) => ({ ...lane, asksOthers: false })),
    plan: (row, text, model) => planRow(given(row, text), targetOf(row), model!, defaults),
    describeLane: ({ reference }, group) => describePart(reference, group, findTarget),
    responseOf: (row, text, answers) => partialResponse(given(row, text), targetOf(row), answers),
    invalidLines: () => invalidLines(lineProblems),
    ...(verdicts && { recordKeys: [verdicts], verdicts }),
  };
}

/** A part of a composite model counts against the limits that rows of its own would. */
function describePart(
  reference: string,
  group: string | null,
  findTarget: FindTarget,
): LaneDescription {
  const target = findTarget({ reference, api: null, modelName: null, group });
  return 'message' in target ? { name: reference, limiters: [] } : target;
}

/** What was left out; of very many lines the last ones are only counted. */
function* invalidLines({ kept, errors }: ProblemList): Generator<string> {
  const wrong = kept.filter(({ severity }) => severity === 'error');
  for (const problem of wrong) yield invalidLine(problem);
  const more = errors - wrong.length;
  if (more === 0) return;
  const message = `${more} more malformed ${more === 1 ? 'line is' : 'lines are'} left out`;
  yield invalidLine({ line: null, column: null, message });
}

function invalidLine({ line, column, message }: Pick<Problem, 'line' | 'column' | 'message'>) {
  return JSON.stringify({ line, column, error: { code: 'bad_input', message, retryable: false } });
}
