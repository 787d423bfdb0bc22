import { randomBytes } from 'node:crypto';
import { basename, resolve } from 'node:path';
import type { Clock, Random } from '../../core/clock.ts';
import type { SimpleModel } from '../../core/model.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { VERSION } from '../../core/version.ts';
import { fileError, nodeFiles, systemCode } from '../../io/index.ts';
import {
  checkRunFolder,
  MADE_BY_WORKFLOW,
  type RowEnd,
  RowReader,
  type RowTable,
  RUN_FORMAT,
  type RunFolder,
  RunLock,
  readRunState,
  runFolder,
  writeRunState,
} from '../../store/index.ts';
import { noteJournal } from '../execution/resume.ts';
import { RowEnds } from '../execution/row-ends.ts';
import type { RunSetup } from '../execution/run-setup.ts';
import type { RowPlan } from '../rows/row-plan.ts';
import type { LaneDescription } from '../runner/session.ts';
import { CallTotals } from './call-totals.ts';
import { type RowSorting, rowOfText, spoolRows } from './workflow-rows.ts';

/** How a workflow's folder is opened. */
export interface WorkflowFolderOptions<Row> {
  readonly clock: Clock;
  readonly random: Random;
  readonly sorting: RowSorting<Row>;
  readonly plan: (row: Row) => RowPlan;
  readonly describeLane: (model: SimpleModel) => LaneDescription;
}

/** The folder of a workflow's run. */
export interface WorkflowFolder<Row> extends AsyncDisposable {
  /** The run; undefined when it is finished, and nothing is left to do. */
  readonly setup: RunSetup | undefined;
  readonly table: RunSetup['table'];
  /** Of a run that is finished. */
  readonly totals: CallTotals | undefined;
  rowOf(row: number): Promise<Row>;
  /** How a row has ended, as the journal tells. */
  endOf(row: number): Promise<RowEnd>;
}

/**
 * Opens the folder of a workflow's run: begins one, or goes on with the one that is there.
 *
 * @throws TuttiError `run_changed` when the folder holds a run of other rows, `bad_usage` when it holds files that
 *   are no run's, or a run of a command; `run_locked` when another process has it; `unsafe_folder`;
 *   `bad_input` for a row that is not JSON.
 */
export async function openWorkflowFolder<Row>(
  path: string,
  rows: Iterable<Row> | AsyncIterable<Row>,
  options: WorkflowFolderOptions<Row>,
): Promise<WorkflowFolder<Row>> {
  const { clock, random, sorting, plan, describeLane } = options;
  const folder = runFolder(resolve(path));
  await makeFolder(folder.path);
  await checkRunFolder(folder.path);
  const lock = await RunLock.acquire(folder.lock, { clock, random });
  try {
    const before = await readRunState(folder);
    if (before === undefined) await refuseFilesOfOthers(folder);
    else if (before.settings_sha256 !== undefined) throw runOfCommand(folder);
    const hasInput = before !== undefined && (await exists(folder.input));
    const id = typeof before?.id === 'string' ? before.id : randomBytes(16).toString('hex');
    const factsOf = (input_sha256: string) => ({
      ...{ format: RUN_FORMAT, tutti: VERSION, node: process.version, id },
      ...{ made_by: MADE_BY_WORKFLOW, input_sha256 },
    });
    // First what the folder is, then its files: none is ever taken for somebody else's.
    const begin = (sha256: string) =>
      before === undefined
        ? writeRunState(folder, { ...factsOf(sha256), state: 'running' })
        : Promise.resolve();
    const { table, entries, sha256 } = await spoolRows(rows, sorting, folder, hasInput, begin);
    if (before !== undefined && before.input_sha256 !== sha256) throw otherRows(path);
    const totals = before?.state === 'finished' ? await finishedTotals(folder, table) : undefined;
    const isFinished = totals !== undefined;
    const setup: RunSetup = {
      ...{ folder, lock, table, describeLane },
      resumed: before !== undefined,
      facts: { ...factsOf(sha256), ...(before?.learned && { learned: before.learned }) },
      entries: entries.map((name) => ({
        ...{ name, reference: name, group: null, open: null, limiters: [] },
      })),
      plan: (_, text) => plan(rowOfText<Row>(text)),
    };
    if (isFinished) await lock.release();
    return {
      setup: isFinished ? undefined : setup,
      table,
      totals,
      ...(await readersOf<Row>(setup)),
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    await nodeFiles.mkdir(path, true, 0o755);
  } catch (cause) {
    if (systemCode(cause) === 'EEXIST') throw isFile(path);
    throw await fileError(cause, path, 'write');
  }
}

function isFile(path: string): TuttiError {
  return new TuttiError('file_unwritable', `${path} is a file, and no folder for a run`, {
    hint: 'Name a folder of its own for the run.',
  });
}

/** Notes how the rows of a finished run have ended; undefined when a damaged journal does not tell that of each. */
async function finishedTotals(folder: RunFolder, table: RowTable) {
  const totals = new CallTotals();
  await noteJournal(folder, table, (answer) => totals.add(answer));
  const { rows, done } = table.totals();
  return done === rows ? totals : undefined;
}

async function readersOf<Row>({ folder, table }: RunSetup) {
  const input = await RowReader.open(folder.input, table);
  let ends: RowEnds | undefined;
  return {
    rowOf: async (row: number) => rowOfText<Row>(await input.text(row)),
    endOf: async (row: number): Promise<RowEnd> => {
      ends ??= await RowEnds.open(folder, table);
      // Who asks has seen that it has ended.
      return (await ends.of(row))!;
    },
    [Symbol.asyncDispose]: async () => {
      await input.close();
      await ends?.close();
    },
  };
}

/** A folder without a run is one's own: files that only have the names of a run's are not written over. */
async function refuseFilesOfOthers(folder: RunFolder): Promise<void> {
  for (const path of [folder.input, folder.journal, folder.completed, folder.failed, folder.log]) {
    if (!(await exists(path))) continue;
    throw new TuttiError('bad_usage', `${folder.path} holds no run, but a file ${basename(path)}`, {
      hint: 'Name a folder of its own for the run.',
    });
  }
}

function runOfCommand({ path }: RunFolder): TuttiError {
  return new TuttiError('bad_usage', `${path} holds the run of a command`, {
    hint: 'Name a folder of its own for the workflow.',
  });
}

async function exists(path: string): Promise<boolean> {
  try {
    await nodeFiles.stat(path);
    return true;
  } catch {
    return false;
  }
}

function otherRows(path: string): TuttiError {
  return new TuttiError('run_changed', `${path} holds a run of other rows`, {
    hint: 'Give the same rows in the same order to go on with it, or name another folder.',
  });
}
