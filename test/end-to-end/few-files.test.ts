import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { onlyRunOf, recordsOf, writeExperiment } from '../support/run-results.ts';
import { chatCompletion, startScriptedServer } from '../support/scripted-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tutti } from '../support/tutti-process.ts';

const SHELL = '/bin/sh';

test.skipIf(!existsSync(SHELL)).each([
  ['200 calls at once', () => ({})],
  ['200 groups at one server', (row: number) => ({ group: `g${row}` })],
])('%s share the connections that 64 open files leave', async (_, more) => {
  const folder = temporaryFolder();
  const server = await startScriptedServer(() => ({ body: chatCompletion('yes') }));
  const rows = Array.from({ length: 200 }, (_, row) => ({
    model: `${server.url}/v1#m`,
    prompt: `question ${row}`,
    ...more(row),
  }));
  writeExperiment(folder, 'e.jsonl', rows);
  const words = ['run', 'e.jsonl', '-o', 'o', '--quiet', '--concurrency', '200'];
  const under = [SHELL, '-c', 'ulimit -n 64; exec "$@"', SHELL];
  const result = await tutti(words, { cwd: folder, under });
  expect([result.stderr, result.code]).toEqual(['', 0]);
  const records = recordsOf(onlyRunOf(join(folder, 'o'), 'e'));
  expect(records.filter(({ response }) => response === 'yes')).toHaveLength(200);
});
