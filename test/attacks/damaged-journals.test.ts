import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { seededRandom } from '../../src/core/seeded-random.ts';
import { countAttacks } from '../support/attack-counts.ts';
import {
  type AttackedRun,
  again,
  expectRightAnswers,
  unfinishedRun,
} from '../support/attacked-run.ts';

const { attack } = countAttacks('journals: damaged, emptied, forged');
type Damage = (journal: Buffer, random: () => number) => Buffer;

const lines = (change: (lines: string[], random: () => number) => string[]): Damage => {
  return (journal, random) =>
    Buffer.from(change(journal.toString().split('\n'), random).join('\n'));
};
const any = (random: () => number, below: number) => Math.floor(random() * below);
const block = (fill: (random: () => number) => number): Damage => {
  return (journal, random) => {
    const from = any(random, journal.length);
    const damaged = Buffer.from(journal);
    const end = Math.min(journal.length, from + 16 + any(random, 400));
    for (let at = from; at < end; at++) damaged[at] = fill(random);
    return damaged;
  };
};
const inserted = (text: string): Damage =>
  lines((all, random) => all.toSpliced(any(random, all.length), 0, text));
const FORGED = { v: 1, type: 'answer', row: 0, turn: 0, sample: 0, response: 'x', answer: {} };

/** Kinds of damage; each is tried with several seeds. */
const DAMAGES: Readonly<Record<string, Damage>> = {
  emptied: () => Buffer.alloc(0),
  'cut anywhere': (journal, random) => journal.subarray(0, any(random, journal.length)),
  'its beginning lost': (journal, random) => journal.subarray(any(random, journal.length)),
  'a block of zeros': block(() => 0),
  'a block of ones': block(() => 0xff),
  'a block of noise': block((random) => any(random, 256)),
  'a block of line ends': block(() => 0x0a),
  'a block of quotes': block(() => 0x22),
  'zeros behind its end': (journal) => Buffer.concat([journal, Buffer.alloc(4096)]),
  'noise behind its end': (journal, random) =>
    Buffer.concat([journal, Buffer.from(Array.from({ length: 300 }, () => any(random, 256)))]),
  'lines shuffled': lines((all, random) => all.toSorted(() => random() - 0.5)),
  'a line lost': lines((all, random) => all.toSpliced(any(random, all.length), 1)),
  'lines repeated': lines((all) => [...all, ...all]),
  'two lines joined': lines((all, random) => {
    const at = any(random, all.length - 1);
    return all.toSpliced(at, 2, `${all[at]}${all[at + 1]}`);
  }),
  'a line broken in two': lines((all, random) => {
    const at = any(random, all.length);
    const cut = any(random, all[at]!.length);
    return all.toSpliced(at, 1, all[at]!.slice(0, cut), all[at]!.slice(cut));
  }),
  'ends of lines as on Windows': lines((all) => all.map((line) => `${line}\r`)),
  'empty lines between': lines((all) => all.flatMap((line) => [line, '', '   '])),
  'a byte order mark': (journal) => Buffer.concat([Buffer.from('\uFEFF'), journal]),
  'UTF-16': (journal) => Buffer.from(journal.toString(), 'utf16le'),
  compressed: (journal) => gzipSync(journal),
  'its last end of a line lost': (journal) => journal.subarray(0, -1),
  'a row far beyond the input': inserted(JSON.stringify({ ...FORGED, row: 2 ** 40 })),
  'a row below zero': inserted(JSON.stringify({ ...FORGED, row: -1 })),
  'a row that is no number': inserted(JSON.stringify({ ...FORGED, row: '0' })),
  'an answer without a status': inserted(JSON.stringify(FORGED)),
  'an answer of a polluting name': inserted(
    '{"v":1,"type":"answer","__proto__":{"row":0},"row":0}',
  ),
  'a line of an unknown type': inserted('{"v":2,"type":"submitted","row":0}'),
  'an end of a row that is one call': inserted(
    '{"v":2,"type":"row","row":0,"answer":{"status":"ok"}}',
  ),
  'rows opened again': lines((all) => [
    ...all.slice(0, -1),
    ...[0, 3, 7].map((row) => JSON.stringify({ v: 2, type: 'reopened', row })),
    '',
  ]),
  'a deep list': inserted('['.repeat(50_000)),
  'a very long line': inserted('x'.repeat(3_000_000)),
  'half a character': (journal) => Buffer.concat([journal, Buffer.from([0xf0, 0x9f])]),
};
const SEEDS = [1, 2, 3, 4, 5];

function damage({ run }: AttackedRun, change: Damage, seed: number): void {
  const { journal } = run.folder;
  writeFileSync(journal, change(readFileSync(journal), seededRandom(seed)));
}

test.each(Object.keys(DAMAGES))(
  'a journal with %s never puts an answer at another row',
  async (kind) => {
    for (const seed of SEEDS) {
      await attack(`${kind}, seed ${seed}`, async () => {
        const attacked = await unfinishedRun();
        damage(attacked, DAMAGES[kind]!, seed);
        const { refused, prepared } = await again(attacked);
        // Nothing is refused that can be gone on with, and nothing is lost in silence: it is asked again.
        expect(refused?.message).toBeUndefined();
        expectRightAnswers(prepared!.folder.path);
        expect(({} as { row?: unknown }).row).toBeUndefined();
      });
    }
  },
);

test("a journal that is gone, or another run's, or of a later version", async () => {
  await attack('gone', async () => {
    const attacked = await unfinishedRun();
    rmSync(attacked.run.folder.journal);
    expect((await again(attacked)).prepared?.resumed).toBe(true);
  });
  await attack("another run's", async () => {
    const attacked = await unfinishedRun();
    const other = await unfinishedRun();
    writeFileSync(attacked.run.folder.journal, readFileSync(other.run.folder.journal));
    expect((await again(attacked)).refused?.code).toBe('run_changed');
  });
  for (const version of [3, 4, 99, 2 ** 31]) {
    await attack(`a line of version ${version}`, async () => {
      const attacked = await unfinishedRun();
      const { journal } = attacked.run.folder;
      const before = `${readFileSync(journal, 'utf8')}{"v":${version},"type":"answer"}\n`;
      writeFileSync(journal, before);
      expect((await again(attacked)).refused?.code).toBe('newer_format');
      expect(readFileSync(journal, 'utf8')).toBe(before);
    });
  }
});
