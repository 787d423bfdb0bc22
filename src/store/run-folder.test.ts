import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { failingFiles } from '../../test/support/failing-files.ts';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import {
  createRunFolder,
  experimentName,
  listRunFolders,
  RunLog,
  type RunState,
  readRunState,
  removeHalfWritten,
  Spool,
  writeRunState,
} from './index.ts';

const NOON = Date.UTC(2026, 10, 21, 12, 0, 5);

test('run folders are named after the time, unique within a second, and sort by age', async () => {
  const experiment = join(temporaryFolder(), 'out', 'poems');
  const clock = new FakeClock(NOON);
  const made = await Promise.all(
    Array.from({ length: 12 }, () => createRunFolder(experiment, clock)),
  );
  expect(new Set(made.map((folder) => folder.path)).size).toBe(12);
  const later = await createRunFolder(experiment, new FakeClock(NOON + 1000));
  const setBack = await createRunFolder(experiment, new FakeClock(NOON - 3_600_000));
  writeFileSync(join(experiment, 'notes.txt'), '');
  const names = (await listRunFolders(experiment)).map((folder) => folder.name);
  expect(names.slice(0, 3)).toEqual([setBack.name, later.name, '2026-11-21T12-00-05Z-12']);
  expect(later.name).toBe('2026-11-21T12-00-06Z');
  expect(setBack.name).toBe('2026-11-21T12-00-06Z-02');
  expect(names.at(-1)).toBe('2026-11-21T12-00-05Z');
  expect(names.length).toBe(14);
});

test('an experiment that never ran has no runs', async () => {
  expect(await listRunFolders(join(temporaryFolder(), 'none'))).toEqual([]);
});

test('the name of an experiment is safe as the name of a folder', () => {
  const names = {
    '-': 'stdin',
    'data/poems.v2.jsonl': 'poems.v2',
    '../..': 'experiment',
    '.hidden.jsonl': 'hidden',
    'a b\u0000/c*d?.csv': 'c-d',
    'C:\\data\\mine.jsonl': 'mine',
    'CON.jsonl': 'experiment-CON',
    'größe.jsonl': 'größe',
    '实验一.jsonl': '实验一',
    'नमस्ते.csv': 'नमस्ते',
    'my exp.jsonl': 'my-exp',
    'a\u202eb.jsonl': 'a-b',
    '🦜.jsonl': 'experiment',
    'cafe\u0301.jsonl': 'caf\u00e9',
    [`${'x'.repeat(300)}.jsonl`]: 'x'.repeat(120),
    [`${'验'.repeat(300)}.jsonl`]: '验'.repeat(40),
  };
  for (const [path, name] of Object.entries(names)) expect(experimentName(path)).toBe(name);
});

test('a run.json that is damaged is an error, not a run that never was', async () => {
  const folder = await createRunFolder(temporaryFolder(), new FakeClock(NOON));
  expect(await readRunState(folder)).toBeUndefined();
  writeFileSync(folder.state, '{"state":"unfini');
  await expect(readRunState(folder)).rejects.toMatchObject({ code: 'file_unreadable' });
});

test('a failed write leaves the run.json of before', async () => {
  const folder = await createRunFolder(temporaryFolder(), new FakeClock(NOON));
  const state: RunState = { state: 'running', input_sha256: 'a' };
  await writeRunState(folder, state);
  const { files } = failingFiles({ at: 1, fault: 'ENOSPC', only: ['write'] });
  await expect(writeRunState(folder, { ...state, state: 'finished' }, files)).rejects.toMatchObject(
    { code: 'disk_full' },
  );
  expect(await readRunState(folder)).toEqual(state);
  expect(readdirSync(folder.path)).toEqual(['run.json']);
});

test('files that a killed process left half written are removed, the others stay', async () => {
  const folder = await createRunFolder(temporaryFolder(), new FakeClock(NOON));
  writeFileSync(join(folder.path, '.completed.jsonl.77-0.tmp'), 'half');
  writeFileSync(folder.journal, 'kept');
  await removeHalfWritten(folder);
  expect(readdirSync(folder.path)).toEqual(['journal.jsonl']);
});

const spoolOptions = () => ({ clock: new FakeClock(NOON), random: Math.random });

test('a spool knows the hash of its bytes and becomes the input of a run', async () => {
  const experiment = join(temporaryFolder(), 'poems');
  const spool = await Spool.create(experiment, spoolOptions());
  await spool.write(Buffer.from('{"prompt"'));
  await spool.write(Buffer.from(':"é"}\n'));
  const sha256 = createHash('sha256').update('{"prompt":"é"}\n').digest('hex');
  expect(await spool.end()).toBe(sha256);
  expect(spool.bytes).toBe(16);
  const folder = await createRunFolder(experiment, new FakeClock(NOON));
  await spool.adopt(folder);
  await spool.discard();
  expect(readFileSync(folder.input, 'utf8')).toBe('{"prompt":"é"}\n');
  expect(readdirSync(experiment)).toEqual([folder.name]);
});

test('a spool that is thrown away leaves nothing', async () => {
  const experiment = temporaryFolder();
  const spool = await Spool.create(experiment, spoolOptions());
  await spool.write(Buffer.from('x'));
  await spool.discard();
  expect(readdirSync(experiment)).toEqual([]);
});

test('spools of dead processes are removed, those of live ones and of other hosts stay', async () => {
  const experiment = temporaryFolder();
  const own = await Spool.create(experiment, spoolOptions());
  const dead = own.path.replace(`-${process.pid}-`, `-${2 ** 22 + 1}-`);
  const far = join(experiment, '.incoming-4194305-00000000-abc');
  const farAndOld = join(experiment, '.incoming-4194305-00000000-abd');
  for (const path of [dead, far, farAndOld]) writeFileSync(path, 'left');
  utimesSync(far, NOON / 1000, NOON / 1000);
  utimesSync(farAndOld, NOON / 1000 - 90_000, NOON / 1000 - 90_000);
  const next = await Spool.create(experiment, spoolOptions());
  expect([own.path, dead, far, farAndOld].map((path) => existsSync(path))).toEqual([
    true,
    false,
    true,
    false,
  ]);
  await own.discard();
  await next.discard();
});

test('a full disk while the input is copied is told with the folder', async () => {
  const experiment = temporaryFolder();
  const { files } = failingFiles({ at: 1, fault: 'ENOSPC', only: ['write'] });
  const spool = await Spool.create(experiment, { ...spoolOptions(), files });
  await expect(spool.write(Buffer.from('x'))).rejects.toMatchObject({
    code: 'disk_full',
    message: `No space is left in ${experiment}`,
  });
  await spool.discard();
  expect(readdirSync(experiment)).toEqual([]);
});

test('the log keeps events in order and never fails', async () => {
  const folder = await createRunFolder(temporaryFolder(), new FakeClock(NOON));
  const clock = new FakeClock(NOON);
  const log = await RunLog.open(folder.log, clock);
  log.write('run started', { lanes: 2 });
  await clock.advance(1500);
  log.write('lane parked', { lane: 'openai' });
  await log.close();
  expect(
    readFileSync(folder.log, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { time: '2026-11-21T12:00:05.000Z', event: 'run started', lanes: 2 },
    { time: '2026-11-21T12:00:06.500Z', event: 'lane parked', lane: 'openai' },
  ]);
  const full = failingFiles({ at: 1, fault: 'ENOSPC', only: ['write'], forGood: true });
  const failing = await RunLog.open(folder.log, clock, full.files);
  failing.write('lost');
  await failing.close();
  mkdirSync(join(folder.path, 'sub'));
  const none = await RunLog.open(join(folder.path, 'sub'), clock);
  none.write('lost');
  await none.close();
});
