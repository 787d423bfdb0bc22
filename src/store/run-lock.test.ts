import { type ChildProcessByStdio, spawn } from 'node:child_process';
import {
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { failingFiles } from '../../test/support/failing-files.ts';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { nodeFiles } from '../io/index.ts';
import { RunLock } from './index.ts';
import { thisProcess } from './process-identity.ts';

const SCRIPT = fileURLToPath(new URL('../../test/support/hold-lock.ts', import.meta.url));

interface Contender {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  readonly said: Promise<string>;
}

function contend(path: string): Contender {
  const child = spawn(process.execPath, [SCRIPT, path], { stdio: ['pipe', 'pipe', 'inherit'] });
  const said = new Promise<string>((resolve) => {
    child.stdout.once('data', (bytes) => resolve(String(bytes).trim()));
  });
  return { child, said };
}

function ended(contender: Contender): Promise<unknown> {
  return new Promise((resolve) => contender.child.once('exit', resolve));
}

function options() {
  return { clock: new FakeClock(), random: Math.random };
}

async function refused(path: string): Promise<{ code: string; message: string; hint: string }> {
  return RunLock.acquire(path, options()).then(
    () => expect.fail('the lock was taken'),
    (error) => error,
  );
}

/** A lock of the first form, as it was found on disk. */
function leaveLock(path: string, fields: Record<string, unknown>): void {
  const { pid, host, bootId } = thisProcess();
  const lock = { pid, host, boot_id: bootId, process_start: null, token: 't1', since: 'yesterday' };
  writeFileSync(path, JSON.stringify({ ...lock, ...fields }));
}

test.each(['write', 'fsync', 'link'] as const)(
  'a lock that cannot be made leaves nothing behind: %s fails',
  async (only) => {
    const folder = temporaryFolder();
    const { files } = failingFiles({ at: 1, fault: 'ENOSPC', only: [only] });
    const taken = RunLock.acquire(join(folder, 'lock'), { ...options(), files });
    await expect(taken).rejects.toThrow();
    expect(readdirSync(folder)).toEqual([]);
  },
);

test('a lock that is released can be taken again, and leaves nothing behind', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'lock');
  const lock = await RunLock.acquire(path, options());
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
    pid: process.pid,
    host: hostname(),
    since: '2026-01-01T00:00:00.000Z',
  });
  await expect(refused(path)).resolves.toMatchObject({ code: 'run_locked' });
  await lock.release();
  expect(readdirSync(folder)).toEqual([]);
  await (await RunLock.acquire(path, options())).release();
});

test('a second process is refused and learns who works there; after a kill it takes over', async () => {
  const path = join(temporaryFolder(), 'lock');
  const first = contend(path);
  expect(await first.said).toBe('held');
  const second = contend(path);
  expect(await second.said).toBe('run_locked');
  const error = await refused(path);
  expect(error.message).toContain(`Process ${first.child.pid} on this machine (${hostname()})`);
  const gone = ended(first);
  first.child.kill('SIGKILL');
  await gone;
  const third = contend(path);
  expect(await third.said).toBe('held');
  const over = ended(third);
  third.child.stdin.end();
  await over;
  expect(existsSync(path)).toBe(false);
});

test('of several processes that take over at once exactly one wins', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'lock');
  leaveLock(path, { pid: 2 ** 22 + 1 });
  const contenders = Array.from({ length: 4 }, () => contend(path));
  const said = await Promise.all(contenders.map((contender) => contender.said));
  expect(said.sort()).toEqual(['held', 'run_locked', 'run_locked', 'run_locked']);
  const over = Promise.all(contenders.map((c) => c.child.exitCode ?? ended(c)));
  for (const { child } of contenders) child.stdin.end();
  await over;
  expect(readdirSync(folder)).toEqual([]);
});

test('many takers in turn never hold it together', async () => {
  const path = join(temporaryFolder(), 'lock');
  leaveLock(path, { pid: 2 ** 22 + 1 });
  let holders = 0;
  let taken = 0;
  const taker = async () => {
    for (let turn = 0; turn < 10; turn++) {
      const lock = await RunLock.acquire(path, options()).catch(() => undefined);
      if (lock === undefined) continue;
      expect(++holders).toBe(1);
      taken++;
      await new Promise((resolve) => setImmediate(resolve));
      holders--;
      await lock.release();
    }
  };
  await Promise.all(Array.from({ length: 8 }, taker));
  expect(taken).toBeGreaterThan(0);
});

test('a lock of an earlier start of this machine, or of a reused pid, is taken over', async () => {
  for (const fields of [{ boot_id: 'an-earlier-one' }, { process_start: '1' }]) {
    const path = join(temporaryFolder(), 'lock');
    leaveLock(path, fields);
    await (await RunLock.acquire(path, options())).release();
    expect(existsSync(path)).toBe(false);
  }
});

test('a lock of another host is respected, and the message tells what to do', async () => {
  const path = join(temporaryFolder(), 'lock');
  leaveLock(path, { host: 'elsewhere', pid: 2 ** 22 + 1 });
  const error = await refused(path);
  expect(error.message).toContain('on elsewhere');
  expect(error.message).toContain('since yesterday');
  expect(error.hint).toContain(`delete ${path}`);
});

test('a take-over that was killed half-way is taken over itself', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'lock');
  leaveLock(path, { pid: 2 ** 22 + 1, token: 't1' });
  leaveLock(`${path}.after-t1`, { pid: 2 ** 22 + 2, token: 't2' });
  const lock = await RunLock.acquire(path, options());
  expect(readdirSync(folder)).toEqual(['lock']);
  await lock.release();
  leaveLock(path, { pid: 2 ** 22 + 1, token: 't1' });
  leaveLock(`${path}.after-t1`, { token: 't2' });
  await expect(refused(path)).resolves.toMatchObject({ code: 'run_locked' });
});

/** A lock of a holder whose heart beats, or did so until `silentS` seconds ago. */
function leaveBeatingLock(fields: Record<string, unknown>, silentS = 0): string {
  const path = join(temporaryFolder(), 'lock');
  const { pidNamespace } = thisProcess();
  leaveLock(path, { pid_namespace: pidNamespace, heartbeat: true, ...fields });
  const beat = Date.now() / 1000 - silentS;
  utimesSync(path, beat, beat);
  return path;
}

const DEAD_PID = 2 ** 22 + 1;
const ANOTHER_CONTAINER = { pid_namespace: 'pid:[1]', pid: DEAD_PID };
const ANOTHER_HOST = { host: 'elsewhere', boot_id: 'its-own', pid: DEAD_PID };

test.each([
  [
    'another container of one host name',
    ANOTHER_CONTAINER,
    /in another container, has been working/,
  ],
  ['another host', ANOTHER_HOST, /on elsewhere has been working/],
])(
  'a number of %s proves nothing: its lock is respected while it beats',
  async (_, fields, who) => {
    const error = await refused(leaveBeatingLock(fields, 40));
    expect(error.message).toMatch(who);
    expect(error.hint).toMatch(/last sign of life was 4\d s ago; after 60 s/);
  },
);

test.each([
  ['another container', ANOTHER_CONTAINER],
  ['another host', ANOTHER_HOST],
  ['this very number in another container', { pid_namespace: 'pid:[1]', pid: process.pid }],
])('a lock of %s that beats no more is taken over, and it is said why', async (_, fields) => {
  const path = leaveBeatingLock(fields, 70);
  const lock = await RunLock.acquire(path, options());
  expect(lock.takenOver).toMatch(/no sign of life for 7\d s/);
  await lock.release();
  expect(readdirSync(join(path, '..'))).toEqual([]);
});

test('in the same place a process that lives is respected without a beat, and a dead one is not with one', async () => {
  const living = leaveBeatingLock({ host: 'renamed' }, 1_000);
  await expect(refused(living)).resolves.toMatchObject({ code: 'run_locked' });
  const lock = await RunLock.acquire(leaveBeatingLock({ pid: DEAD_PID }), options());
  expect(lock.takenOver).toBe(`process ${DEAD_PID} has ended`);
  await lock.release();
});

test.skipIf(process.platform !== 'linux')('a zombie is dead', async () => {
  // The child ends after its parent has become one that never asks for it: no shell may have cleared it away.
  const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 20'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
  await expect
    .poll(() => readFileSync(`/proc/${pid}/stat`, 'utf8'), { timeout: 10_000 })
    .toContain(') Z ');
  const lock = await RunLock.acquire(leaveBeatingLock({ pid }), options());
  expect(lock.takenOver).toBe(`process ${pid} has ended`);
  await lock.release();
  parent.kill();
});

test('the heart beats while the lock is held, and leaves it as it is', async () => {
  const path = join(temporaryFolder(), 'lock');
  const heart = new FakeClock();
  const lock = await RunLock.acquire(path, { ...options(), heart });
  const text = readFileSync(path, 'utf8');
  for (let beat = 0; beat < 2; beat++) {
    utimesSync(path, 1, 1);
    await heart.advance(10_000);
    await expect.poll(() => statSync(path).mtimeMs).toBeGreaterThan(1_000);
    await expect.poll(() => heart.pendingTimers).toBe(1);
  }
  expect(readFileSync(path, 'utf8')).toBe(text);
  await lock.release();
  expect(heart.pendingTimers).toBe(0);
});

test('a holder that was taken for dead learns so by its next beat and disturbs nobody', async () => {
  const path = join(temporaryFolder(), 'lock');
  const heart = new FakeClock();
  const lock = await RunLock.acquire(path, { ...options(), heart });
  leaveLock(path, ANOTHER_CONTAINER);
  const theirs = readFileSync(path, 'utf8');
  await heart.advance(10_000);
  await expect.poll(() => lock.lost.aborted).toBe(true);
  expect(lock.lost.reason).toMatchObject({ code: 'run_locked' });
  await lock.release();
  expect(readFileSync(path, 'utf8')).toBe(theirs);
});

test('a lock that cannot be read is not taken over', async () => {
  const path = join(temporaryFolder(), 'lock');
  writeFileSync(path, 'something else');
  await expect(refused(path)).resolves.toMatchObject({ code: 'run_locked' });
});

test('a file system without links works too', async () => {
  const path = join(temporaryFolder(), 'lock');
  const link = () => Promise.reject(Object.assign(new Error('no links'), { code: 'EPERM' }));
  const files = { ...nodeFiles, link };
  const lock = await RunLock.acquire(path, { ...options(), files });
  await expect(refused(path)).resolves.toMatchObject({ code: 'run_locked' });
  await lock.release();
});
