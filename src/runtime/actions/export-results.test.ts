import { linkSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { sampleEngine } from '../../../test/support/sample-engine.ts';
import { exportResults } from './export-results.ts';

const ROWS = [{ id: 1, prompt: 'hi', model: 'sim/fast' }];

test("refuses to write over the user's own table unless it is named", async () => {
  const { context, folder, write } = sampleEngine();
  const table = write('prompts.csv', 'id,prompt\n1,mine\n');
  writeFileSync(join(folder, 'prompts.csv.gz'), gzipSync(readFileSync(table)));
  const source = 'prompts.csv.gz';
  await expect(exportResults(context, { source, format: 'csv' })).rejects.toMatchObject({
    code: 'bad_usage',
    message: `${table} is there already`,
    hint: expect.stringContaining('-o'),
  });
  expect(readFileSync(table, 'utf8')).toBe('id,prompt\n1,mine\n');
});

test('replaces a file that is named', async () => {
  const { context, write } = sampleEngine();
  const source = write('e.jsonl', ROWS);
  const out = write('mine.csv', 'old');
  expect(await exportResults(context, { source, out, format: 'csv' })).toEqual({
    file: out,
    rows: 1,
  });
  expect(readFileSync(out, 'utf8')).toContain('hi');
});

test('takes the place of a file alone, never of a device, a socket or standard output', async () => {
  const { context, folder, write } = sampleEngine();
  const source = write('e.jsonl', ROWS);
  const socket = join(folder, 'socket');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  try {
    for (const out of ['-', socket]) {
      const written = exportResults(context, { source, out, format: 'csv' });
      await expect(written).rejects.toMatchObject({
        code: 'bad_usage',
        hint: expect.stringContaining('-o'),
      });
    }
    expect(lstatSync(socket).isSocket()).toBe(true);
  } finally {
    server.close();
  }
});

test('replaces what stands behind a link, not the link, and never what it reads', async () => {
  const { context, folder, write } = sampleEngine();
  const source = write('e.jsonl', ROWS);
  const mine = write('mine.csv', 'old');
  const [out, same, twin] = ['link.csv', 'same.csv', 'twin.csv'].map((name) => join(folder, name));
  symlinkSync(mine, out!);
  await exportResults(context, { source, out: out!, format: 'csv' });
  expect(readFileSync(mine, 'utf8')).toContain('hi');
  expect(lstatSync(out!).isSymbolicLink()).toBe(true);
  symlinkSync(source, same!);
  linkSync(source, twin!);
  for (const itself of [same!, twin!]) {
    const written = exportResults(context, { source, out: itself, format: 'csv' });
    await expect(written).rejects.toThrow('would be written over itself');
  }
});

test("replaces what it wrote before into a run's folder", async () => {
  const { context, folder, write } = sampleEngine();
  mkdirSync(join(folder, 'run'));
  write('run/completed.jsonl', ROWS);
  const old = write('run/completed.csv', 'old');
  await exportResults(context, { source: 'run', format: 'csv' });
  expect(readFileSync(old, 'utf8')).toContain('hi');
});

test('says for a run that has not ended how its results are written', async () => {
  const { context, folder } = sampleEngine();
  mkdirSync(join(folder, 'run'));
  await expect(exportResults(context, { source: 'run', format: 'csv' })).rejects.toMatchObject({
    code: 'file_missing',
    hint: expect.stringContaining('`tutti run run --finish`'),
  });
});
