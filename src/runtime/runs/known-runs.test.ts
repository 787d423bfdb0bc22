import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { countAttacks } from '../../../test/support/attack-counts.ts';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { KnownRuns } from './known-runs.ts';

const { attack } = countAttacks('runs: known and forged ids');
const ID = '0123456789abcdef0123456789abcdef';
let folder = '';
let data = '';

beforeEach(() => {
  folder = temporaryFolder();
  data = join(folder, 'home');
});

function runAt(name: string, id = ID): { id: string; path: string } {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  const state = { state: 'unfinished', input_sha256: 'x', id };
  writeFileSync(join(path, 'run.json'), JSON.stringify(state));
  return { id, path };
}

test('knows what it kept, at its place, and moved; not a copy of it at another place', async () => {
  const known = new KnownRuns({ data });
  const run = runAt('mine');
  await attack('never kept', async () => expect(await known.knows(run)).toBe(false));
  expect(await known.keep(run)).toBe(true);
  await attack('kept', async () => expect(await known.knows(run)).toBe(true));
  await attack('a copy', async () => expect(await known.knows(runAt('fork'))).toBe(false));
  await attack('moved', async () => {
    const away = { id: ID.replace('0', 'f'), path: join(folder, 'gone') };
    await known.keep(away);
    expect(await known.knows(runAt('moved', away.id))).toBe(true);
  });
  await attack('another run where it was', async () => {
    runAt('mine', 'another');
    expect(await known.knows(runAt('elsewhere'))).toBe(true);
  });
  for (const id of [
    '',
    '{',
    '"',
    'id',
    ID.slice(1),
    `${ID}0`,
    '__proto__',
    '\n',
    ID.toUpperCase(),
  ]) {
    await attack(`forged id ${JSON.stringify(id)}`, async () => {
      expect(await known.knows({ id, path: join(folder, 'other') })).toBe(false);
    });
  }
});

test.each([
  ['half a line', '{"v":1,"id":"abc","pa'],
  ['lines of others', 'hello\n[]\nnull\n{"id":7,"path":[]}\n{"v":9}\n'],
  ['a very long line', `${'x'.repeat(300_000)}\n`],
  ['zeros', '\u0000'.repeat(5000)],
  ['a byte order mark', '\uFEFF'],
])('a list that holds %s is read past, and goes on', async (name, text) => {
  await attack(`runs.jsonl with ${name}`, async () => {
    mkdirSync(data);
    writeFileSync(join(data, 'runs.jsonl'), text);
    const known = new KnownRuns({ data });
    const run = runAt('mine');
    expect(await known.knows(run)).toBe(false);
    expect(await known.keep(run)).toBe(true);
    expect(await known.knows(run)).toBe(true);
    expect(readFileSync(join(data, 'runs.jsonl'), 'utf8').startsWith(text)).toBe(true);
  });
});

test('without a home, or with one that cannot be used, nothing is known and nothing fails', async () => {
  const plants: Record<string, () => void> = {
    'a folder': () => mkdirSync(join(data, 'runs.jsonl'), { recursive: true }),
    'a file for a home': () => writeFileSync(data, ''),
    'a link to what cannot be made': () => {
      mkdirSync(data);
      symlinkSync(join(folder, 'absent', 'runs.jsonl'), join(data, 'runs.jsonl'));
    },
    'below a folder that cannot be made': () => symlinkSync(join(folder, 'absent'), data),
    'a link to /dev/zero': () => {
      mkdirSync(data);
      symlinkSync('/dev/zero', join(data, 'runs.jsonl'));
    },
  };
  for (const [name, plant] of Object.entries(plants)) {
    await attack(`runs.jsonl is ${name}`, async () => {
      folder = temporaryFolder();
      data = join(folder, 'home');
      plant();
      expect(await new KnownRuns({ data }).knows(runAt('mine'))).toBeNull();
    });
  }
  await attack('no home', async () => {
    const known = new KnownRuns({ data: null });
    expect([await known.knows(runAt('mine')), await known.keep(runAt('mine'))]).toEqual([
      null,
      false,
    ]);
  });
});

test('many processes that keep runs at once lose none', async () => {
  await attack('eighty at once', async () => {
    const runs = Array.from({ length: 80 }, (_, number) => ({
      id: `run-${number}`,
      path: `/${number}`,
    }));
    await Promise.all(runs.map((run) => new KnownRuns({ data }).keep(run)));
    for (const run of runs) expect(await new KnownRuns({ data }).knows(run)).toBe(true);
  });
});
