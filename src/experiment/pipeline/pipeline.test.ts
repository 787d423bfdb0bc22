import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { type FileLayer, nodeFiles } from '../../io/index.ts';
import { type InputFile, isUnchanged, listInputs } from './input-files.ts';
import { freeName, moveFile } from './move-file.ts';
import { openPipelineFolder } from './pipeline-folder.ts';
import { refuseInput } from './refuse-input.ts';
import { SettlingFiles } from './settling-files.ts';
import { findUnfinishedRuns, keptInput } from './unfinished-runs.ts';

const file = (name: string, size = 1, modifiedMs = 0, identity = name): InputFile => ({
  name,
  path: `/in/${name}`,
  status: { size, modifiedMs, identity },
});

describe('files that settle', () => {
  it('are taken when nothing of them has moved for long enough, the oldest first', () => {
    const settling = new SettlingFiles(2_000);
    settling.look([file('new', 1, 9), file('old', 1, 5)], 0);
    expect(settling.firstSettled(1_999)).toBeUndefined();
    expect(settling.nextSettledMs(500)).toBe(2_000);
    settling.look([file('new', 1, 9), file('old', 1, 5)], 1_000);
    expect(settling.firstSettled(2_000)?.name).toBe('old');
    settling.forget('old');
    expect(settling.firstSettled(2_000)?.name).toBe('new');
  });

  it.each([
    ['size', file('a', 2)],
    ['time', file('a', 1, 1)],
    ['the file itself', file('a', 1, 0, 'other')],
  ])('begin anew when %s changes', (_, changed) => {
    const settling = new SettlingFiles(2_000);
    settling.look([file('a')], 0);
    settling.look([changed], 1_500);
    expect(settling.firstSettled(2_500)).toBeUndefined();
    expect(settling.nextSettledMs(2_500)).toBe(3_500);
    expect(settling.firstSettled(3_500)?.name).toBe('a');
  });

  it('are forgotten when they are gone', () => {
    const settling = new SettlingFiles(0);
    settling.look([file('a')], 0);
    settling.look([], 1);
    expect([settling.isEmpty, settling.firstSettled(9), settling.nextSettledMs(9)]).toEqual([
      true,
      undefined,
      undefined,
    ]);
  });
});

describe('the files of a folder', () => {
  it('are plain files that nobody is still writing under another name', async () => {
    const folder = temporaryFolder();
    for (const name of ['a.jsonl', 'b.csv.part', '.hidden', 'c~', 'd.TMP', 'e'])
      writeFileSync(join(folder, name), 'x');
    mkdirSync(join(folder, 'sub'));
    symlinkSync('/etc/passwd', join(folder, 'link.jsonl'));
    expect((await listInputs(folder)).map(({ name }) => name).sort()).toEqual(['a.jsonl', 'e']);
  });

  it('are told apart from what has taken their place', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a'), 'x');
    const [found] = await listInputs(folder);
    expect(await isUnchanged(found!, found!.path)).toBe(true);
    writeFileSync(join(folder, 'b'), 'x');
    expect(await isUnchanged(found!, join(folder, 'b'))).toBe(false);
    expect(await isUnchanged(found!, join(folder, 'none'))).toBe(false);
  });
});

describe('moving a file', () => {
  it('goes by a copy to another disk, whole before the first is gone', async () => {
    const folder = temporaryFolder();
    const [from, to] = [join(folder, 'a'), join(folder, 'b')];
    writeFileSync(from, 'x'.repeat(3_000_000));
    const steps: string[] = [];
    const disks: FileLayer = {
      ...nodeFiles,
      open: async (path, flags, mode) => {
        steps.push(`open ${basename(path)}`);
        return await nodeFiles.open(path, flags, mode);
      },
      unlink: async (path) => {
        steps.push(`unlink ${basename(path)}`);
        await nodeFiles.unlink(path);
      },
      rename: async (path, target) => {
        if (path === from) throw Object.assign(new Error('other disk'), { code: 'EXDEV' });
        await nodeFiles.rename(path, target);
      },
    };
    await moveFile(from, to, disks);
    // What was copied, and its name, is safe from a power cut before the original goes.
    const name = basename(folder);
    expect(steps.slice(0, 4)).toEqual(['open a', 'open b.half', `open ${name}`, 'unlink a']);
    expect(readdirSync(folder)).toEqual(['b']);
    expect(readFileSync(to, 'utf8')).toHaveLength(3_000_000);
  });

  it('finds a name that nothing has', async () => {
    const folder = temporaryFolder();
    expect(await freeName(folder, 'e.csv')).toBe('e.csv');
    for (const name of ['e.csv', 'e-2.csv', 'bare']) writeFileSync(join(folder, name), '');
    expect(await freeName(folder, 'e.csv')).toBe('e-3.csv');
    expect(await freeName(folder, 'bare')).toBe('bare-2');
  });

  it.each([
    ['letters', `${'x'.repeat(249)}.jsonl`, `${'x'.repeat(194)}.jsonl`],
    ['characters of three bytes', `${'验'.repeat(83)}.jsonl`, `${'验'.repeat(64)}.jsonl`],
    ['a dot and no extension', `a.${'x'.repeat(253)}`, `a.${'x'.repeat(198)}`],
  ])(
    'shortens a name of 255 bytes that would not fit with what comes around it: %s',
    async (_, name, short) => {
      const folder = temporaryFolder();
      const { input, failed } = await openPipelineFolder(folder);
      const names: string[] = [];
      for (let count = 0; count < 2; count++) {
        writeFileSync(join(input, name), '');
        const [found] = await listInputs(input);
        await refuseInput(found!, { message: 'bad', hint: undefined }, { failed });
        names.push(...readdirSync(failed).filter((one) => !names.includes(one)));
      }
      expect(names.slice(0, 2)).toEqual([short, `${short}.error.txt`]);
      expect(names).toHaveLength(4);
      writeFileSync(join(input, name), '');
      await moveFile(join(input, name), keptInput(folder, name));
      expect(readdirSync(folder)).toContain(`input-${short}`);
    },
  );

  it('puts a broken file aside with why, and replaces none that is there', async () => {
    const folder = temporaryFolder();
    const { input, failed } = await openPipelineFolder(folder);
    for (let count = 0; count < 2; count++) {
      writeFileSync(join(input, 'e.jsonl'), `x${count}`);
      const [found] = await listInputs(input);
      await refuseInput(found!, { message: 'bad \u001b[2J', hint: 'mend it' }, { failed });
    }
    expect(readdirSync(failed).sort()).toEqual([
      'e-2.jsonl',
      'e-2.jsonl.error.txt',
      'e.jsonl',
      'e.jsonl.error.txt',
    ]);
    const why = readFileSync(join(failed, 'e.jsonl.error.txt'), 'utf8');
    expect(why).toBe('bad \\x1b[2J\nmend it\n');
  });
});

describe('what an earlier watch has left', () => {
  async function left(runs: readonly { name: string; state?: object; has?: readonly string[] }[]) {
    const folder = temporaryFolder();
    const pipeline = await openPipelineFolder(folder);
    writeFileSync(join(pipeline.input, 'e.jsonl'), '{}');
    for (const { name, state, has = [] } of runs) {
      const path = join(pipeline.output, 'e', name);
      mkdirSync(path, { recursive: true });
      const usual = { state: 'running', input_sha256: 'x', input_path: '../input/e.jsonl' };
      writeFileSync(join(path, 'run.json'), JSON.stringify({ ...usual, ...state }));
      for (const one of ['input.jsonl', ...has]) writeFileSync(join(path, one), '');
    }
    return { pipeline, found: await findUnfinishedRuns(pipeline) };
  }
  const nameOf = (second: number) => `2026-01-01T00-00-0${second}Z`;

  it('goes on, the oldest first, where the run has the file; what is finished or of others does not', async () => {
    const kept = ['input-e.jsonl'];
    const { found } = await left([
      { name: nameOf(5), has: kept },
      { name: nameOf(2), has: kept, state: { state: 'unfinished' } },
      { name: nameOf(3), has: kept, state: { state: 'finished' } },
      { name: nameOf(4), has: kept, state: { input_path: '../elsewhere/e.jsonl' } },
      { name: nameOf(1), state: { input_path: '../input/gone.jsonl' } },
    ]);
    expect(found.runs.map(({ name }) => name)).toEqual([nameOf(1), nameOf(2), nameOf(5)]);
    expect(found.unreadable).toEqual([]);
  });

  it('is taken away where its file still waits, unless something was sent', async () => {
    const { pipeline, found } = await left([
      { name: nameOf(1) },
      { name: nameOf(2), has: ['journal.jsonl'] },
      { name: nameOf(3), has: ['notes of somebody'] },
    ]);
    expect(found.runs).toEqual([]);
    const folder = join(pipeline.output, 'e');
    expect(readdirSync(folder).sort()).toEqual([nameOf(2), nameOf(3)]);
    expect(readdirSync(join(folder, nameOf(3)))).toEqual(['notes of somebody']);
  });

  it('is told where it cannot be read', async () => {
    const { found } = await left([{ name: nameOf(1), state: { state: 'odd' } }]);
    expect(found.unreadable).toMatchObject([{ error: { code: 'file_unreadable' } }]);
  });

  it('keeps the file of a run beside its copy, whatever it is called', () => {
    expect(keptInput('/run', 'completed.jsonl')).toBe('/run/input-completed.jsonl');
  });
});
