import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { type FileLayer, nodeFiles } from '../io/index.ts';
import { findRuns } from './find-runs.ts';

let out = '';
let looked: string[] = [];

beforeEach(() => {
  out = temporaryFolder();
  looked = [];
});

/** Files that note what is looked at and read. */
const files: FileLayer = {
  ...nodeFiles,
  lstat: (path) => {
    looked.push(path);
    return nodeFiles.lstat(path);
  },
  open: (path, ...rest) => {
    looked.push(path);
    return nodeFiles.open(path, ...rest);
  },
};

/** Makes a run of the second of a minute, which its input's path and hash are told of. */
function makeRun(experiment: string, second: number, inputPath: string | null, hash = 'h'): string {
  const path = join(out, experiment, `2026-01-01T00-00-${String(second).padStart(2, '0')}Z`);
  mkdirSync(path, { recursive: true });
  const state = { state: 'finished', input_sha256: hash, input_path: inputPath };
  writeFileSync(join(path, 'run.json'), JSON.stringify(state));
  return path;
}

function find(name: string, inputPath: string | null, hash = 'h') {
  return findRuns({ out, name, inputPath }, hash, files);
}

const statesRead = () => new Set(looked.filter((path) => path.endsWith('run.json')).map(dirname));

describe('findRuns', () => {
  it('looks only at numbered folders that are there and the first that is not', async () => {
    makeRun('eval-2026', 1, 'eval-2026.jsonl');
    makeRun('eval', 1, 'other/eval.jsonl');
    writeFileSync(join(out, 'other'), '');
    mkdirSync(join(out, 'gone'));
    const found = await find('eval', 'eval.jsonl', 'another hash');
    expect(found.experimentFolder).toBe(join(out, 'eval-2'));
    expect(looked.filter((path) => dirname(path) === out)).toEqual(
      ['eval', 'eval-2', 'eval-2026'].map((name) => join(out, name)),
    );
  });

  it('passes over files and takes the lowest number that is free', async () => {
    writeFileSync(join(out, 'eval'), '');
    mkdirSync(join(out, 'eval-3'));
    expect((await find('eval', 'eval.jsonl')).experimentFolder).toBe(join(out, 'eval-2'));
    writeFileSync(join(out, 'eval-2'), '');
    expect((await find('eval', 'eval.jsonl')).experimentFolder).toBe(join(out, 'eval-3'));
    expect((await find('eval', null)).experimentFolder).toBe(join(out, 'eval-3'));
  });

  it('reads one run to know whose a folder is, and on to the one that is looked for', async () => {
    const paths = [1, 2, 3, 4, 5].map((second) => makeRun('eval', second, 'a', `${second}`));
    const found = await find('eval', 'a');
    expect(statesRead()).toEqual(new Set([paths[4]]));
    const run = await found.find(({ input_sha256: hash }) => hash === '4');
    expect(run!.folder.path).toBe(paths[3]);
    expect(statesRead()).toEqual(new Set([paths[4], paths[3]]));
    expect(await found.find(() => false)).toBeUndefined();
    expect(found.runs.map(({ folder }) => folder.path)).toEqual(paths.toReversed());
  });

  it('reads no run at all for what is always a new one', async () => {
    for (const second of [1, 2, 3]) makeRun('stdin', second, null);
    const found = await find('stdin', null);
    expect([found.experimentFolder, found.runs, statesRead().size]).toEqual([
      join(out, 'stdin'),
      [],
      0,
    ]);
  });

  it('finds a folder by its input, by its age, and by the bytes of an input that was moved', async () => {
    makeRun('eval', 1, null);
    makeRun('eval-2', 1, 'mine');
    expect((await find('eval', 'mine')).experimentFolder).toBe(join(out, 'eval-2'));
    expect((await find('eval', 'new')).experimentFolder).toBe(join(out, 'eval'));
    makeRun('test', 1, 'gone', 'x');
    makeRun('test', 2, 'gone', 'y');
    expect((await find('test', 'moved', 'x')).experimentFolder).toBe(join(out, 'test'));
    expect((await find('test', 'moved', 'z')).experimentFolder).toBe(join(out, 'test-2'));
    writeFileSync(join(out, 'gone'), '');
    expect((await find('test', 'moved', 'x')).experimentFolder).toBe(join(out, 'test-2'));
  });
});
