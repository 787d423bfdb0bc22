import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { failingFiles } from '../../test/support/failing-files.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { type FileLayer, LinePages, nodeFiles } from './index.ts';

function written(lines: readonly string[]): { path: string; offsets: number[] } {
  const path = join(temporaryFolder(), 'lines.jsonl');
  const offsets: number[] = [];
  let size = 0;
  for (const line of lines) {
    offsets.push(size);
    size += Buffer.byteLength(line);
  }
  writeFileSync(path, lines.join(''));
  return { path, offsets };
}

function countingReads(): { files: FileLayer; reads: () => number } {
  let reads = 0;
  const read: FileLayer['read'] = (...args) => {
    reads++;
    return nodeFiles.read(...args);
  };
  return { files: { ...nodeFiles, read }, reads: () => reads };
}

test('any line is found by its place, also across pages, and without a last line end', async () => {
  const lines = ['é'.repeat(40), 'short', 'x'.repeat(100), '', 'last'];
  const { path, offsets } = written(lines.map((line, i) => (i < 4 ? `${line}\r\n` : line)));
  const pages = await LinePages.open(path, nodeFiles, { pageBytes: 16, maxPages: 2 });
  for (const number of [4, 0, 3, 2, 1, 2, 4]) {
    expect(await pages.line(offsets[number]!)).toBe(lines[number]);
  }
  await pages.close();
});

test('lines of a page in memory come at once, and readers at one place share one read', async () => {
  const { path, offsets } = written(['one\n', 'two\n', 'three\n']);
  const { files, reads } = countingReads();
  const pages = await LinePages.open(path, files, { pageBytes: 8 });
  expect(await Promise.all([pages.line(offsets[0]!), pages.line(offsets[1]!)])).toEqual([
    'one',
    'two',
  ]);
  expect(pages.line(offsets[1]!)).toBe('two');
  expect(reads()).toBe(1);
  await pages.close();
});

test('no more pages than allowed stay in memory', async () => {
  const { path } = written(['aaaaaaa\n', 'bbbbbbb\n', 'ccccccc\n']);
  const { files, reads } = countingReads();
  const pages = await LinePages.open(path, files, { pageBytes: 8, maxPages: 2 });
  for (const offset of [0, 8, 0, 16, 0]) await pages.line(offset);
  expect(reads()).toBe(3);
  await pages.line(8);
  expect(reads()).toBe(4);
  await pages.close();
});

test('a line that was added after its page was read is found', async () => {
  const { path } = written(['first\n', 'sec']);
  const pages = await LinePages.open(path, nodeFiles);
  expect(await pages.line(0)).toBe('first');
  expect(await pages.line(6)).toBe('sec');
  appendFileSync(path, 'ond\nthird\n');
  expect(await pages.line(6)).toBe('second');
  expect(await pages.line(13)).toBe('third');
  await pages.close();
});

test('a failed read is an error that names the file', async () => {
  const { path } = written(['first\n']);
  const { files } = failingFiles({ at: 1, fault: 'EIO', only: ['read'] });
  const pages = await LinePages.open(path, files);
  await expect(pages.line(0)).rejects.toMatchObject({ code: 'file_unreadable' });
  expect(await pages.line(0)).toBe('first');
  await pages.close();
});
