import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seededRandom } from '../../src/core/seeded-random.ts';
import { systemClock } from '../../src/core/system-clock.ts';
import { Journal } from '../../src/store/index.ts';
import { countAttacks } from '../support/attack-counts.ts';
import { again, expectRightAnswers, unfinishedRun } from '../support/attacked-run.ts';
import { linesOf } from '../support/run-results.ts';
import { someAnswer } from '../support/some-answer.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const midRun = countAttacks('folders: changed while a run goes on');
const between = countAttacks('folders: changed between two runs');

/** What somebody does to a journal that is open. */
const ACTS: Readonly<Record<string, (path: string, folder: string) => void>> = {
  'deletes it': (path) => unlinkSync(path),
  'deletes its folder': (_, folder) => rmSync(folder, { recursive: true }),
  'moves it': (path) => renameSync(path, `${path}.old`),
  'moves its folder': (_, folder) => renameSync(folder, `${folder}-away`),
  'moves its folder and makes another': (_, folder) => {
    renameSync(folder, `${folder}-away`);
    mkdirSync(folder);
  },
  'puts another file in its place': (path) => {
    renameSync(path, `${path}.old`);
    writeFileSync(path, '');
  },
  'saves a copy over it, as editors do': (path) => {
    writeFileSync(`${path}.new`, readFileSync(path));
    renameSync(`${path}.new`, path);
  },
  'empties it': (path) => truncateSync(path),
  'cuts it': (path) => truncateSync(path, 10),
  'cuts one byte': (path) => truncateSync(path, readFileSync(path).length - 1),
  'writes behind it': (path) => appendFileSync(path, '{"v":1}\n'),
  'makes it longer with zeros': (path) => truncateSync(path, 1_000_000),
};

test.each(Object.keys(ACTS))(
  'somebody %s: the journal says so and takes nothing more',
  async (name) => {
    for (const lines of [1, 5, 50]) {
      await midRun.attack(`${name} after ${lines} lines`, async () => {
        const folder = join(temporaryFolder(), 'run');
        mkdirSync(folder);
        const path = join(folder, 'journal.jsonl');
        let failed: unknown;
        const onFailure = (error: unknown) => {
          failed = error;
        };
        const journal = await Journal.open(path, { clock: systemClock, syncEveryMs: 1, onFailure });
        for (let row = 0; row < lines; row++) await journal.append(someAnswer({ row }));
        ACTS[name]!(path, folder);
        await expect(
          (async () => {
            for (let row = lines; row < lines + 5_000; row++) {
              await journal.append(someAnswer({ row }));
              await new Promise((resolve) => setTimeout(resolve, 1));
            }
          })(),
        ).rejects.toMatchObject({ code: 'file_unwritable' });
        expect(failed).toMatchObject({ message: expect.stringContaining('while the run went on') });
        await expect(journal.close()).rejects.toMatchObject({ code: 'file_unwritable' });
      });
    }
  },
);

test('a backup by a second name stops nothing: the journal is still where it was', async () => {
  await midRun.attack('a second name', async () => {
    const path = join(temporaryFolder(), 'journal.jsonl');
    const journal = await Journal.open(path, { clock: systemClock, syncEveryMs: 1 });
    await journal.append(someAnswer({ row: 0 }));
    linkSync(path, `${path}.backup`);
    await journal.append(someAnswer({ row: 1 }));
    await journal.close();
    expect(linesOf(path)).toHaveLength(2);
  });
});

/** What somebody does to the run's copy of the input. */
const EDITS: Readonly<Record<string, (lines: string[], random: () => number) => string[]>> = {
  'two lines swapped': ([one, two, ...rest]) => [two!, one!, ...rest],
  'a prompt changed': (lines) => lines.map((line) => line.replace('question 1', 'FORGED')),
  'a model changed': (lines) => lines.map((line) => line.replaceAll('a/1', 'a/2')),
  'a line added': (lines) => ['{"prompt":"FORGED","model":"a/1"}', ...lines],
  'a line lost': (lines) => lines.slice(1),
  'all lines reversed': (lines) => lines.slice(0, -1).reverse(),
  'ends of lines as on Windows': (lines) => lines.map((line) => `${line}\r`),
  'white space': (lines) => lines.map((line) => ` ${line}`),
  emptied: () => [],
  'cut anywhere': (lines, random) => {
    const text = lines.join('\n');
    return [text.slice(0, Math.floor(random() * text.length))];
  },
  noise: (_, random) => [String.fromCharCode(...Array.from({ length: 500 }, () => random() * 999))],
  'a parameter added': (lines) => lines.map((line) => line.replace('}', ',"parameters":{"n":9}}')),
};

test.each(Object.keys(EDITS))('input.jsonl with %s is never sent', async (name) => {
  for (const seed of [1, 2, 3]) {
    await between.attack(`input.jsonl: ${name}, seed ${seed}`, async () => {
      const attacked = await unfinishedRun();
      const { input } = attacked.run.folder;
      const right = readFileSync(input, 'utf8');
      writeFileSync(input, EDITS[name]!(right.split('\n'), seededRandom(seed)).join('\n'));
      const { refused, prepared, model } = await again(attacked);
      expect(refused).toBeUndefined();
      expect(prepared!.findings.map(({ kind }) => kind)).toContain('input_restored');
      expect(readFileSync(input, 'utf8')).toBe(right);
      expect(model.requests.some(({ text }) => text.includes('FORGED'))).toBe(false);
      expectRightAnswers(prepared!.folder.path);
    });
  }
});

const FILES = ['input.jsonl', 'journal.jsonl', 'run.json', 'completed.jsonl', 'log.jsonl'] as const;

test('whichever files of an unfinished run are gone, no saved answer is left behind in silence', async () => {
  for (let gone = 1; gone < 2 ** FILES.length; gone++) {
    const names = FILES.filter((_, bit) => (gone & (2 ** bit)) !== 0);
    await between.attack(`gone: ${names.join(', ')}`, async () => {
      const attacked = await unfinishedRun();
      for (const name of names) rmSync(join(attacked.run.folder.path, name), { force: true });
      const { refused, prepared, model } = await again(attacked);
      expect(refused).toBeUndefined();
      expectRightAnswers(prepared!.folder.path);
      const hasAnswers =
        existsSync(attacked.run.folder.journal) && !names.includes('journal.jsonl');
      const isTold = prepared!.findings.some(({ kind }) => kind === 'answers_left');
      const asked = model.requests.filter(({ text }) => text === 'question 0').length;
      if (hasAnswers && !isTold) expect(asked).toBe(0);
    });
  }
});

test.each([
  '',
  '{',
  '[]',
  'null',
  '{"state":"finished"}',
  '{"state":"done","input_sha256":"x"}',
  '{"state":"running","input_sha256":7}',
  '\u0000\u0000\u0000',
  '{"format":3}',
  '{"format":3,"state":"finished","input_sha256":"x","tutti":"9.0.0"}',
  '{"format":1e9,"tutti":"\u001b[2J"}',
  `{"state":"running","input_sha256":"x","a":${'['.repeat(3000)}${']'.repeat(3000)}}`,
])('run.json that holds %j is refused or passed over, and not written over', async (text) => {
  await between.attack(`run.json: ${JSON.stringify(text).slice(0, 60)}`, async () => {
    const attacked = await unfinishedRun();
    writeFileSync(attacked.run.folder.state, text);
    const { refused } = await again(attacked);
    expect(['file_unreadable', 'newer_format', 'run_changed']).toContain(refused?.code);
    expect(readFileSync(attacked.run.folder.state, 'utf8')).toBe(text);
  });
});
