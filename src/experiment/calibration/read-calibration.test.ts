import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { checkQuestions, readCalibration } from './index.ts';

const TEAM = {
  name: 'team',
  members: [
    { id: 'a#1', name: 'a' },
    { id: 'b#1', name: 'b#1' },
    { id: 'b#2', name: 'b#2' },
  ],
  confidenceThreshold: 0.6,
  extract: 'number',
};

function file(...rows: readonly object[]) {
  const path = join(temporaryFolder(), 'completed.jsonl');
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return { path, label: 'q.jsonl' };
}

const member = (id: string, extracted: string | null, status = 'ok') => ({ id, status, extracted });

/** A record in which the members of the first round gave these answers. */
function record(response: string | null, members: readonly object[], more: object = {}) {
  const status = response === null ? 'error' : 'ok';
  const rounds = [{ round: 1, members }];
  const consortium = { rounds, confidence: 0.8, confidence_source: 'arbiter', ...more };
  const answer = { status, cost_usd: 0.25, latency_ms: 100, consortium };
  return { prompt: 'x', expected_response: '1,000', response, answer };
}

const ALL = [member('a#1', '1000'), member('b#1', '5'), member('b#2', '1000')];

describe('the answers of a consortium', () => {
  it('are compared with the right one and with those of the members of round 1, as numbers', async () => {
    const second = { round: 2, members: [member('a#1', '7')] };
    const source = file(
      record('It is $1000.00.', ALL),
      record('5', ALL, { rounds: [{ round: 1, members: ALL }, second], confidence: 0.3 }),
    );
    const { calibration, unanswered } = await readCalibration(source, TEAM);
    expect(unanswered).toBe(0);
    expect(calibration).toMatchObject({
      questions: 2,
      members: [
        { model: 'a', accuracy: 1 },
        { model: 'b#1', accuracy: 0 },
        { model: 'b#2', accuracy: 1 },
      ],
      consortium: { model: 'team', accuracy: 0.5, costUsd: 0.5, p50Ms: 100 },
      alternatives: [{ accuracy: 1 }, { accuracy: 1 }],
      rounds: { 1: 1, 2: 1 },
      confidence: { source: 'arbiter', auroc: 1, atOrAbove: { n: 1, accuracy: 1 } },
    });
  });

  it('are wrong where none was made or found; what was cut off says nothing of a member', async () => {
    const failed = [member('a#1', null, 'error'), member('b#1', null, 'timeout')];
    const cut = [member('a#1', null), member('b#1', '1000'), member('b#2', null, 'cancelled')];
    const source = file(record(null, failed), record('no idea', cut));
    const { calibration } = await readCalibration(source, TEAM);
    expect(calibration.consortium).toMatchObject({ accuracy: 0 });
    expect(calibration.members).toMatchObject([
      { accuracy: 0 },
      { accuracy: 0.5 },
      { accuracy: null, low: null },
    ]);
    expect(calibration.confidence.atOrAbove.n).toBe(1);
  });

  it('are counted as unanswered where nobody was asked, and whatever a record holds is read', async () => {
    const odd = {
      ...record('1000', ALL),
      answer: { status: 'ok', consortium: { rounds: [3, { members: {} }] } },
    };
    const source = file(
      { prompt: 'x', expected_response: '4', answer: { status: 'not_sent' } },
      { prompt: 'x', expected_response: '4' },
      { prompt: 'x', response: '4', answer: { status: 'ok', consortium: {} } },
      odd,
    );
    const { calibration, unanswered } = await readCalibration(source, TEAM);
    expect([unanswered, calibration.questions]).toEqual([3, 1]);
    expect(calibration.consortium).toMatchObject({ accuracy: 1, costUsd: null });
    expect(JSON.stringify(calibration)).not.toMatch(/NaN|Infinity/);
  });
});

it('what holds no answer that can be found is counted, by who gave it', async () => {
  const prose = [member('a#1', null), member('b#1', '5'), member('b#2', null, 'error')];
  const source = file(record('It depends.', prose), record('1000', ALL));
  const { unread } = await readCalibration(source, TEAM);
  expect(unread).toEqual([
    { model: 'a', unread: 1, responses: 2 },
    { model: 'team', unread: 1, responses: 2 },
  ]);
});

describe('questions', () => {
  const refusal = (source: { path: string; label: string }, extract: string | null = null) =>
    checkQuestions(source, extract).catch((error) => error);

  it('need a right answer each, and the first that have none are named', async () => {
    expect(await refusal(file({ prompt: 'x', expected_response: 4 }))).toBeUndefined();
    const none = { prompt: 'x' };
    const found = await refusal(
      file(none, { prompt: 'x', expected_response: 'B' }, none, none, none, none, none),
    );
    expect(found).toMatchObject({ code: 'bad_input' });
    expect(found.message).toContain(
      '6 of 7 questions have no right answer (rows 1, 3, 4, 5, 6 and 1 more)',
    );
    expect(await refusal(file(none), 'json:/a')).toMatchObject({ code: 'bad_input' });
  });

  it('need one that can be read as answers are', async () => {
    const source = file({ prompt: 'x', expected_response: 'many' });
    expect(await refusal(source, 'number')).toMatchObject({ code: 'bad_input' });
    expect(await refusal(source, 'text')).toBeUndefined();
    expect(await refusal(file())).toMatchObject({ code: 'bad_input' });
  });
});
