import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sim } from '../../src/sim/index.ts';
import { filesBelow } from './run-results.ts';

/** A process that can be killed. */
export interface Killable {
  kill(signal: 'SIGKILL'): unknown;
  readonly done: Promise<unknown>;
}

/**
 * Kills a run and returns how many of the calls that it had sent in its life have no answer in the journal, once
 * the server has read all that it had sent.
 *
 * @param folder where the run's folder is, at any depth
 * @param lostBefore the same of earlier lives
 */
export async function killAndCount(
  process: Killable,
  sim: Sim,
  folder: string,
  lostBefore: number,
): Promise<number> {
  process.kill('SIGKILL');
  await process.done;
  for (let seen = -1; seen !== sim.counts.requests; await sleep(30)) seen = sim.counts.requests;
  return sim.counts.requests - savedAttempts(folder) - lostBefore;
}

/** The requests whose answers are in the journal; a torn last line does not count. */
export function savedAttempts(folder: string): number {
  const files = existsSync(folder) ? filesBelow(folder) : [];
  const journal = files.find((path) => path.endsWith('journal.jsonl'));
  if (journal === undefined) return 0;
  const whole = readFileSync(journal, 'utf8').split('\n').slice(0, -1);
  return whole.reduce((sum, line) => {
    const { type, answer } = JSON.parse(line);
    return type === 'answer' ? sum + answer.attempts : sum;
  }, 0);
}
