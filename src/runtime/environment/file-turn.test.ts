import { existsSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { nodeFiles } from '../../io/index.ts';
import { inTurn } from './file-turn.ts';

let folder = '';
let path = '';
let lock = '';

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder, 'keys');
  lock = `${path}.lock`;
});

afterEach(() => void vi.restoreAllMocks());

function leaveAbandoned(): void {
  writeFileSync(lock, '');
  utimesSync(lock, 1, 1);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

test('takes over the turn of a process that died, and leaves nothing behind', async () => {
  leaveAbandoned();
  expect(await inTurn(path, async () => existsSync(lock))).toBe(true);
  expect(readdirSync(folder)).toEqual([]);
});

test.each(['lstat', 'rename'] as const)(
  'a lock that another process makes just before %s of a takeover stays its own',
  async (operation) => {
    leaveAbandoned();
    let taken = 0;
    const another = () => {
      if (taken++ > 0) return;
      rmSync(lock);
      writeFileSync(lock, 'another');
    };
    const files = {
      ...nodeFiles,
      rename: async (from: string, to: string) => {
        if (operation === 'rename') another();
        await nodeFiles.rename(from, to);
      },
      lstat: async (file: string) => {
        const status = await nodeFiles.lstat(file);
        // What was judged is no longer there when it is looked at again.
        if (operation === 'lstat') another();
        return status;
      },
    };
    const work = vi.fn(async () => {});
    const turn = inTurn(path, work, files);
    await pause(150);
    expect([taken > 0, existsSync(lock)]).toEqual([true, true]);
    expect(work).not.toHaveBeenCalled();
    rmSync(lock);
    await turn;
    expect(work).toHaveBeenCalledOnce();
    expect(readdirSync(folder)).toEqual([]);
  },
);

test('the end of a turn leaves the lock of another process alone', async () => {
  await inTurn(path, async () => {
    rmSync(lock);
    writeFileSync(lock, 'another');
  });
  expect(readdirSync(folder)).toEqual(['keys.lock']);
});

test('a clock that is not that of the file system makes no turn abandoned', async () => {
  const order: string[] = [];
  const wallMs = Date.now();
  vi.spyOn(Date, 'now').mockImplementation(() => wallMs + 3_600_000);
  const first = inTurn(path, async () => {
    await pause(150);
    order.push('first');
  });
  await pause(30);
  await Promise.all([first, inTurn(path, async () => void order.push('second'))]);
  expect(order).toEqual(['first', 'second']);
});

test('a lock that cannot be removed is tried again after a pause', async () => {
  leaveAbandoned();
  let tries = 0;
  let isStuck = true;
  const files = {
    ...nodeFiles,
    rename: async (from: string, to: string) => {
      tries++;
      if (isStuck) throw Object.assign(new Error('made to fail'), { code: 'EPERM' });
      await nodeFiles.rename(from, to);
    },
  };
  const turn = inTurn(path, async () => 'done', files);
  await pause(200);
  isStuck = false;
  expect(await turn).toBe('done');
  expect(tries).toBeGreaterThan(1);
  expect(tries).toBeLessThan(15);
});

test('turns that are asked for at once are given one after the other', async () => {
  let inside = 0;
  const turns = Array.from({ length: 20 }, () =>
    inTurn(path, async () => {
      expect(++inside).toBe(1);
      await pause(1);
      inside--;
    }),
  );
  await Promise.all(turns);
  expect(readdirSync(folder)).toEqual([]);
});

test('a home that is a file is told at once', async () => {
  writeFileSync(path, '');
  await expect(inTurn(join(path, 'keys'), async () => {})).rejects.toMatchObject({
    code: 'file_unwritable',
    message: expect.stringContaining('cannot be changed (EEXIST)'),
  });
});
