import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../test/support/executed-run.ts';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { fakeTargets, prepareIn, readyIn } from '../../test/support/fake-lanes.ts';
import { linesOf, recordsOf } from '../../test/support/run-results.ts';
import { TalkingModel } from '../../test/support/talking-model.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { CallError } from '../core/call-error.ts';
import { type RunFolder, runFolder } from '../store/index.ts';

// What version 0.1.0 left in a run's folder, byte for byte, when it was killed.

const ROWS = [
  { id: 'one', prompt: 'a', model: 'a/1' },
  { id: 'not asked', prompt: 'b', model: 'a/1' },
  { id: 'failed', prompt: 'bad c', model: 'a/1' },
  { id: 'choices', prompt: 'd', model: 'a/1', parameters: { n: 2 } },
  { id: 'half a chain', prompt: ['e1', 'e2', 'e3'], model: 'a/1' },
  { id: 'half of two samples', prompt: ['f1', 'f2'], model: 'a/1', parameters: { n: 2 } },
  { id: 'whole chain', prompt: ['g1', 'g2'], model: 'a/1' },
  { id: 'broken chain', prompt: ['bad h1', 'h2'], model: 'a/1' },
  { id: 'chain not asked', prompt: ['i1', 'i2'], model: 'a/1' },
];

const STATE = `{
  "limits": {
    "a/1": {
      "concurrency": 8
    }
  },
  "input_sha256": "7b6fad957fc12b91115bb5a2128bab1d8cf2ec8c192e6978a2fb1479c16af8fe",
  "settings_sha256": "89ffb4d9a561cf6eda13d748e2d8731f201c65f5858a9a6699fbf4011c30a028",
  "settings": {
    "rows": 9,
    "models": {
      "a/1": "a/1"
    }
  },
  "state": "running"
}
`;

/** What a record and a line of the journal have at their end, for an answer of so many calls. */
function answered(response: unknown, calls = 1): string {
  return (
    `"response":${JSON.stringify(response)},"answer":{"status":"ok","model":"fake",` +
    `"finish_reason":"stop","usage":{"input":${10 * calls},"cached":null,"output":${5 * calls},` +
    `"reasoning":null},"cost_usd":${0.25 * calls},"latency_ms":0,"attempts":${calls},` +
    '"started_at":"2026-01-01T00:00:00.000Z","request_id":null,"cached":false}}'
  );
}

function refused(prompt: string): string {
  return (
    '"response":null,"answer":{"status":"error","error":{"code":"bad_request",' +
    `"message":"${prompt} is refused","retryable":false,"http_status":400},"model":null,` +
    '"finish_reason":null,"usage":{"input":null,"cached":null,"output":null,"reasoning":null},' +
    '"cost_usd":null,"latency_ms":0,"attempts":1,"started_at":"2026-01-01T00:00:00.000Z",' +
    '"request_id":null,"cached":false}}'
  );
}

const line = (row: number, turn: number, sample: number, end: string) =>
  `{"v":1,"type":"answer","row":${row},"turn":${turn},"sample":${sample},${end}`;

const JOURNAL = [
  line(0, 0, 0, answered('re: a')),
  line(2, 0, 0, refused('bad c')),
  line(3, 0, 0, answered(['re: d', 're: d'])),
  line(4, 0, 0, answered('re: e1')),
  line(5, 0, 0, answered('re: f1')),
  line(5, 0, 1, answered('re: f1')),
  line(6, 0, 0, answered('re: g1')),
  line(7, 0, 0, refused('bad h1')),
  line(4, 1, 0, answered('re: e2')),
  line(5, 1, 1, answered('re: f2')),
  line(6, 1, 0, answered('re: g2')),
];

/** What version 0.1.0 wrote when the whole run had gone through. */
const COMPLETED = [
  answered('re: a'),
  answered('re: b'),
  refused('bad c'),
  answered(['re: d', 're: d']),
  answered(['re: e1', 're: e2', 're: e3'], 3),
  answered(
    [
      ['re: f1', 're: f2'],
      ['re: f1', 're: f2'],
    ],
    4,
  ),
  answered(['re: g1', 're: g2'], 2),
  refused('bad h1'),
  answered(['re: i1', 're: i2'], 2),
].map((end, row) => `${JSON.stringify(ROWS[row]).slice(0, -1)},${end}`);

let folder = '';
let run: RunFolder;

beforeEach(() => {
  folder = temporaryFolder();
  run = runFolder(join(folder, 'out', '2026-01-01T00-00-00Z'));
  mkdirSync(run.path, { recursive: true });
  writeFileSync(run.input, ROWS.map((row) => `${JSON.stringify(row)}\n`).join(''));
  writeFileSync(run.state, STATE);
  writeFileSync(run.journal, JOURNAL.map((one) => `${one}\n`).join(''));
});

const targetsOf = (model: TalkingModel) => ({
  findTarget: fakeTargets({ models: { [model.reference]: model } }),
});

async function goOn(model: TalkingModel, drain = new AbortController()) {
  const ready = await readyIn(folder, ROWS, targetsOf(model));
  expect([ready.resumed, ready.folder.path]).toEqual([true, run.path]);
  return execute(ready, { clock: new FakeClock(), drain: drain.signal });
}

describe('a run of version 0.1.0 that was not finished', () => {
  it('asks only what is missing, each with its history, and has the results of before', async () => {
    const model = new TalkingModel();
    expect(await goOn(model)).toMatchObject({ state: 'finished', answered: 7, failed: 2 });
    expect(model.heard.toSorted()).toEqual([
      'b',
      'e1 / re: e1 / e2 / re: e2 / e3',
      'f1 / re: f1 / f2',
      'i1',
      'i1 / re: i1 / i2',
    ]);
    expect(linesOf(run.completed)).toEqual(COMPLETED);
    expect(linesOf(run.failed)).toEqual([COMPLETED[2], COMPLETED[7]]);
    expect(await prepareIn(folder, ROWS, targetsOf(model))).toHaveProperty('finished');
  });

  it('keeps every line that it had and adds those of this version', async () => {
    await goOn(new TalkingModel());
    const lines = linesOf(run.journal);
    expect(lines.slice(0, JOURNAL.length)).toEqual(JOURNAL);
    const added = lines.slice(JOURNAL.length).map((text) => JSON.parse(text));
    expect(added.filter(({ type }) => type === 'row').map(({ row }) => row)).toEqual(
      expect.arrayContaining([4, 5, 6, 7, 8]),
    );
    expect(added.filter(({ type }) => type === 'answer')).toHaveLength(5);
    expect(added.filter(({ v }) => v === 1)).toMatchObject([{ row: 1, turn: 0, sample: 0 }]);
  });

  it('can be interrupted again between lines of both versions, and asks nothing twice', async () => {
    const drain = new AbortController();
    const model = new TalkingModel((last) => {
      if (last === 'i1') drain.abort();
    });
    expect(await goOn(model, drain)).toMatchObject({ state: 'interrupted' });
    expect(model.heard).not.toContain('i1 / re: i1 / i2');
    expect(await goOn(model)).toMatchObject({ state: 'finished', answered: 7, failed: 2 });
    expect(model.heard).toHaveLength(5);
    expect(linesOf(run.completed)).toEqual(COMPLETED);
  });

  /** Goes on with a key that is refused; gives what the records show. */
  async function recordsOfRefused() {
    const generate = () => Promise.reject(new CallError('unauthorized', 'the key is wrong'));
    const refusing = { reference: 'a/1', severalChoices: true, generate };
    const findTarget = fakeTargets({ models: { 'a/1': refusing } });
    const stopped = await readyIn(folder, ROWS, { findTarget });
    expect(await execute(stopped, { clock: new FakeClock() })).toMatchObject({
      state: 'unfinished',
    });
    return recordsOf(run.path).map(({ response, answer }) => [
      response,
      answer.error?.code ?? answer.status,
      answer.attempts,
    ]);
  }

  it('shows what it has of each row when its lane cannot go on, and goes on later', async () => {
    const shown = await recordsOfRefused();
    expect(shown.toSpliced(6, 1)).toEqual([
      ['re: a', 'ok', 1],
      [null, 'not_sent', 0],
      [null, 'bad_request', 1],
      [['re: d', 're: d'], 'ok', 1],
      [['re: e1', 're: e2', null], 'not_sent', 2],
      [
        [
          ['re: f1', null],
          ['re: f1', 're: f2'],
        ],
        'not_sent',
        3,
      ],
      [null, 'bad_request', 1],
      [null, 'not_sent', 0],
    ]);
    expect(await goOn(new TalkingModel())).toMatchObject({ state: 'finished' });
    expect(linesOf(run.completed)).toEqual(COMPLETED);
  });

  it('shows a row all of whose turns are there as answered although its lane cannot go on', async () => {
    expect((await recordsOfRefused())[6]).toEqual([['re: g1', 're: g2'], 'ok', 2]);
  });
});
