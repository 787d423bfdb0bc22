import { once } from 'node:events';
import {
  chmodSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { failingFiles } from '../../test/support/failing-files.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { AtomicFile, writeFileAtomically } from './index.ts';

test('a file is seen under its name only when it is complete', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'out.json');
  writeFileSync(path, 'old');
  const file = await AtomicFile.create(path);
  await file.write(Buffer.from('new '));
  expect(readFileSync(path, 'utf8')).toBe('old');
  await file.write(Buffer.from('content'));
  await file.commit();
  expect(readFileSync(path, 'utf8')).toBe('new content');
  expect(readdirSync(folder)).toEqual(['out.json']);
});

test('an abandoned file leaves nothing behind', async () => {
  const folder = temporaryFolder();
  const file = await AtomicFile.create(join(folder, 'out.json'));
  await file.write(Buffer.from('half'));
  await file.abort();
  expect(readdirSync(folder)).toEqual([]);
});

test('a file that cannot be made for want of its folder is not said to be missing itself', async () => {
  const path = join(temporaryFolder(), 'none', 'x.csv');
  await expect(writeFileAtomically(path, 'x')).rejects.toMatchObject({
    code: 'file_missing',
    message: `the folder of ${path} does not exist`,
    hint: 'Make it, or name a file elsewhere.',
  });
});

test('what is no file is never replaced by one, nor by way of a link', async () => {
  const folder = temporaryFolder();
  const socket = join(folder, 'socket');
  const server = createServer().listen(socket);
  await once(server, 'listening');
  symlinkSync(socket, join(folder, 'link'));
  try {
    for (const name of ['socket', 'link']) {
      const path = join(folder, name);
      await expect(writeFileAtomically(path, 'x')).rejects.toMatchObject({
        code: 'file_unwritable',
        message: `${path} is no file`,
      });
    }
    expect(readdirSync(folder).sort()).toEqual(['link', 'socket']);
    expect(statSync(socket).isSocket()).toBe(true);
  } finally {
    server.close();
  }
});

test('the permissions asked for are those of the file', async () => {
  const path = join(temporaryFolder(), 'keys');
  await writeFileAtomically(path, 'secret', { mode: 0o600 });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('whichever operation fails, the old file or the new one is there, whole', async () => {
  const content = 'n'.repeat(10_000);
  for (const fault of ['ENOSPC', 'EIO', 'short']) {
    for (let at = 1; ; at++) {
      const folder = temporaryFolder();
      const path = join(folder, 'out.txt');
      writeFileSync(path, 'old');
      const failing = failingFiles({ at, fault });
      const outcome = await writeFileAtomically(path, content, { files: failing.files }).then(
        () => 'written',
        (error) => error.code,
      );
      const found = readFileSync(path, 'utf8');
      if (outcome === 'written') expect(found).toBe(content);
      else {
        expect(outcome).toBe(fault === 'ENOSPC' ? 'disk_full' : 'file_unwritable');
        expect([content, 'old']).toContain(found);
      }
      if (!failing.failed()) break;
      expect(at).toBeLessThan(50);
    }
  }
});

test('a full disk is told with the name of the folder', async () => {
  const folder = temporaryFolder();
  const { files } = failingFiles({ at: 1, fault: 'ENOSPC', only: ['write'] });
  await expect(writeFileAtomically(join(folder, 'a'), 'text', { files })).rejects.toMatchObject({
    code: 'disk_full',
    message: `No space is left in ${folder}`,
  });
});

test.skipIf(process.getuid?.() === 0)('a folder that may not be written is told', async () => {
  const folder = temporaryFolder();
  chmodSync(folder, 0o500);
  await expect(writeFileAtomically(join(folder, 'a'), '')).rejects.toMatchObject({
    code: 'file_unwritable',
    message: expect.stringContaining('permission denied'),
  });
});
