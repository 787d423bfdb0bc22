import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import { seededRandom } from '../../src/core/seeded-random.ts';
import { parseFaults } from '../../src/sim/index.ts';
import { killAndCount, savedAttempts } from './kill-and-count.ts';
import { type NotedAnswer, startNotingServer } from './noted-answers.ts';
import { linesOf } from './run-results.ts';
import { startedSim } from './started-sim.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { startTutti, tutti } from './tutti-process.ts';

const FAULTS = 'broken-json=20%,wrong-type=10%,extra-key=10%,cut=5%,prose=10%,missing-key=5%';
const PLACES = 64;

const SCHEMA = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      question: { type: 'string', minLength: 12 },
      score: { type: 'integer', minimum: 0 },
      label: { enum: ['good', 'bad'] },
      tags: { type: 'array', items: { type: 'string' } },
    },
    required: ['question', 'score', 'label', 'tags'],
    additionalProperties: false,
  },
  minItems: 1,
};
const ajv = new Ajv2020({ allErrors: true });
const fits = ajv.compile(SCHEMA.items);
const fitsAll = ajv.compile(SCHEMA);

/** A line of the output. */
interface OutputRow {
  readonly id: number;
  readonly question: string | null;
  readonly [column: string]: unknown;
}

/**
 * Maps rows by a model that spoils its answers in every way, and kills the map again and again: every row is accounted
 * for, every object that is written is what was asked for, and none was in an answer that was cut.
 */
export async function mapFaulty(rows: number, kills: number): Promise<void> {
  const cwd = temporaryFolder();
  const latency = { kind: 'uniform', fromMs: 5, toMs: 40 } as const;
  const faults = parseFaults(FAULTS);
  const sim = await startedSim({ answer: 'rehearsal', latency, faults, log: false });
  const { reference, answers } = await startNotingServer(sim);
  const ids = Array.from({ length: rows }, (_, id) => id);
  writeFileSync(join(cwd, 'in.jsonl'), ids.map((id) => `{"id":${id}}\n`).join(''));
  writeFileSync(join(cwd, 'schema.json'), JSON.stringify(SCHEMA));
  const words = ['map', 'in.jsonl', '--prompt', promptOf('$id'), '--schema', 'schema.json'];
  words.push('-m', reference, '-o', 'out.jsonl', '--json', '-q');
  const random = seededRandom(kills);
  let lost = 0;
  for (let life = 0; life < kills; life++) {
    const process = startTutti(words, { cwd });
    const until = ((life + random()) * rows) / kills;
    while (sim.counts.answered < until) await sleep(2);
    lost += await killAndCount(process, sim, join(cwd, 'tutti-out'), lost);
    expect(lost).toBeLessThanOrEqual((life + 1) * PLACES);
  }
  const { code, stdout, stderr } = await tutti(words, { cwd });
  const told = JSON.parse(stdout);
  const { in: all, answered, failed, skipped, asks } = told;
  expect([all, answered + failed, skipped], stderr).toEqual([rows, rows, 0]);
  expect(told.state).toBe('finished');
  expect(asks / rows).toBeLessThanOrEqual(1.6);
  expect(sim.counts.requests - savedAttempts(join(cwd, 'tutti-out'))).toBeLessThanOrEqual(lost);
  const out = linesOf(join(cwd, 'out.jsonl')).map((line) => JSON.parse(line) as OutputRow);
  expect([...new Set(out.map(({ id }) => id))]).toEqual(ids);
  expect(out).toHaveLength(told.out);
  for (const row of out) expectRight(row, answers.get(promptOf(String(row.id)))!);
  const nulls = out.filter(({ question }) => question === null).map(({ id }) => id);
  const records = linesOf(resolve(cwd, told.folder, 'failed.jsonl')).map((line) =>
    JSON.parse(line),
  );
  const codes = records.map(({ answer }) => answer.error.code);
  expect(codes.filter((one) => one === 'partial')).toHaveLength(told.partial);
  expect(codes.filter((one) => one === 'invalid_output')).toHaveLength(told.invalid);
  expect(nulls).toHaveLength(told.invalid);
  // What was lost with its process is not known to it; else no row has failed of which an answer was right.
  if (kills === 0) {
    const given = records.flatMap(({ id }) => answers.get(promptOf(String(id)))!);
    expect(given.filter(isRight)).toEqual([]);
  }
  expect(code).toBe(records.length === 0 ? 0 : 1);
  // Each fault was there to be seen to.
  expect(told.repaired).toBeGreaterThan(rows / 10);
  expect(told.reasked).toBeGreaterThan(rows / 8);
  expect(readFileSync(join(cwd, 'out.jsonl'), 'utf8')).not.toContain('note_to_self');
}

function isRight({ text, finishReason }: NotedAnswer): boolean {
  if (finishReason !== 'stop') return false;
  try {
    const { rows } = JSON.parse(text);
    return fitsAll(rows);
  } catch {
    return false;
  }
}

function promptOf(id: string): string {
  return `Questions about the number ${id}, please.`;
}

function expectRight({ id, ...object }: OutputRow, answers: readonly NotedAnswer[]): void {
  const { question } = object;
  if (question === null) {
    expect(Object.values(object).every((value) => value === null)).toBe(true);
    return;
  }
  expect(fits(object), `row ${id}: ${JSON.stringify(fits.errors)}`).toBe(true);
  const whole = answers.filter(({ finishReason }) => finishReason === 'stop');
  const isOfWhole = whole.some(({ text }) => text.includes(question as string));
  expect(isOfWhole, `row ${id} was in no whole answer`).toBe(true);
}
