import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTutti } from '../support/tutti-process.ts';

const PRELOAD = new URL('../../scripts/report-loaded-modules.ts', import.meta.url).href;

/** What takes long to load, and is used only where somebody asks for it. */
const HEAVY =
  /node_modules\/(?:liquidjs|ajv|hyparquet|hyparquet-writer|apache-arrow|jsonrepair|eld|re2js|@huggingface)\/|src\/(?:arena|pages|templates|json-schema|map|panel|runtime\/maps|io\/parquet|experiment\/(?:report|diff|rephrase|pipeline))\/|src\/ranking\/|src\/io\/(?:arrow\/index|json-array|delimited)|src\/judge\/(?:verdict\.ts|fence|mask|shown)|src\/media\/(?:files|conversion\/convert|uploads)\/?|src\/scorers\/[^/]+\/index\.ts|src\/runtime\/(?:map-rows|trust\/trust)\.ts/;

async function loadedBy(words: readonly string[]): Promise<readonly string[]> {
  const cwd = temporaryFolder();
  const row = { prompt: 'a', model: 'sim/quick', expected_response: 'b' };
  writeFileSync(join(cwd, 'e.jsonl'), `${JSON.stringify(row)}\n`);
  const list = join(cwd, 'loaded.txt');
  const env = { LOADED_MODULES: list };
  const { code, stderr } = await startTutti(words, { cwd, env, preload: PRELOAD }).done;
  expect(code, stderr).toBe(0);
  return readFileSync(list, 'utf8').split('\n');
}

it.each([
  [['ask', '-m', 'sim/quick', 'hi']],
  [['run', 'e.jsonl']],
  [['run', 'e.jsonl', '--dry-run']],
  [['check', 'e.jsonl']],
])('%j loads nothing that it does not use', async (words) => {
  const loaded = await loadedBy(words);
  expect(loaded.length).toBeGreaterThan(100);
  expect(loaded.filter((url) => HEAVY.test(url))).toEqual([]);
});

it('a question loads nothing of what keeps answers on the disk', async () => {
  const loaded = await loadedBy(['ask', '-m', 'sim/quick', 'hi']);
  expect(loaded.some((url) => url.endsWith('src/store/in-memory.ts'))).toBe(true);
  const keepers =
    /src\/(?:store\/(?:index|journal|run-folder)|run\/execution\/(?:index|resume))\.ts/;
  expect(loaded.filter((url) => keepers.test(url))).toEqual([]);
});

it('what shows a run is not loaded for one that is to be quiet', async () => {
  const views = /src\/cli\/render\/(?:run-view|run-end|run-progress)\.ts/;
  const loaded = async (...more: string[]) =>
    (await loadedBy(['run', 'e.jsonl', ...more])).filter((url) => views.test(url)).length;
  expect([await loaded(), await loaded('--quiet')]).toEqual([3, 0]);
});

it('a scorer is loaded that is named', async () => {
  const loaded = await loadedBy(['run', 'e.jsonl', '--score', 'match']);
  const scorers = loaded.filter((url) => /src\/scorers\/[^/]+\/index\.ts/.test(url));
  expect(scorers).toEqual([expect.stringContaining('scorers/match/')]);
});
