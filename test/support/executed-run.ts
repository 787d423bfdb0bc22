import { readFileSync } from 'node:fs';
import { CallError } from '../../src/core/call-error.ts';
import { systemClock } from '../../src/core/system-clock.ts';
import {
  experimentSetup,
  type PreparedRun,
  type PrepareOptions,
} from '../../src/experiment/index.ts';
import { type ExecuteOptions, executeRun, Session } from '../../src/run/index.ts';
import { fakeTargets, readyIn } from './fake-lanes.ts';
import { FakeModel, type FakeReply } from './fake-model.ts';

const USAGE = { input: 10, output: 5, cached: null, reasoning: null };

/** An answer of 10 and 5 tokens for a quarter of a dollar. */
export const PAID: FakeReply = { generation: { usage: USAGE, costUsd: 0.25 } };

/** A model on the machine's own clock that is paid for unless told otherwise. */
export function paidModel(
  reply: (text: string, numberOfTry: number) => FakeReply = () => PAID,
): FakeModel {
  return new FakeModel(systemClock, reply);
}

/** A try that fails. */
export function failing(
  code: ConstructorParameters<typeof CallError>[0],
  message = 'refused',
): FakeReply {
  return { error: new CallError(code, message, { hint: 'Do something.' }) };
}

/** Rows of one model whose prompts say which they are. */
export function rowsOf(model: string, count: number): { prompt: string; model: string }[] {
  return Array.from({ length: count }, (_, row) => ({ prompt: `${model} ${row}`, model }));
}

/** Prepares a run of fake models in a folder. */
export function readyOn(
  folder: string,
  rows: string | readonly object[],
  models: Readonly<Record<string, FakeModel>>,
  options: Partial<PrepareOptions> = {},
): Promise<PreparedRun> {
  return readyIn(folder, rows, { findTarget: fakeTargets({ models }), ...options });
}

/** Executes a run with one attempt a call. */
export async function execute(run: PreparedRun, options: Partial<ExecuteOptions> = {}) {
  return executeRun(await experimentSetup(run, fakeTargets()), {
    clock: systemClock,
    random: () => 0.5,
    session: new Session(systemClock),
    attempts: 1,
    timeoutMs: 10_000,
    drain: new AbortController().signal,
    signal: new AbortController().signal,
    ...options,
  });
}

/** What `run.json` says. */
export function stateOf({ folder: { state } }: PreparedRun) {
  return JSON.parse(readFileSync(state, 'utf8'));
}
