import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findViolations } from '../scripts/house-rules.ts';
import { findShortFiles } from '../scripts/short-files.ts';
import { findUnusedRights } from '../scripts/unused-rights.ts';

const ROOT = join(import.meta.dirname, '..');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tutti-architecture-'));
  for (const file of [
    'architecture.json',
    '.dependency-cruiser.mjs',
    'tsconfig.json',
    'package.json',
  ]) {
    cpSync(join(ROOT, file), join(folder, file));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function plant(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function cruise(): string {
  const program = join(ROOT, 'node_modules/.bin/depcruise');
  const run = spawnSync(process.execPath, [program, '--config', '.dependency-cruiser.mjs', 'src'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return run.stdout + run.stderr;
}

describe('the architecture rules', () => {
  it('find nothing in a tree that keeps them', () => {
    plant('src/core/a.ts', 'export const a = 1;\n');
    plant('src/cli/index.ts', "import { a } from '../core/a.ts';\nexport const b = a;\n");
    expect(cruise()).toContain('no dependency violations');
  });

  it('catch an import that points up', () => {
    plant('src/core/a.ts', "import { b } from '../cli/index.ts';\nexport const a = b;\n");
    plant('src/cli/index.ts', 'export const b = 1;\n');
    expect(cruise()).toContain('core-imports-only-what-the-table-allows');
  });

  it('catch an import that points up and is only of a type', () => {
    plant('src/core/a.ts', "import type { B } from '../cli/index.ts';\nexport type A = B;\n");
    plant('src/cli/index.ts', 'export type B = 1;\n');
    expect(cruise()).toContain('core-imports-only-what-the-table-allows');
  });

  it('catch an import past the door of a folder', () => {
    plant('src/ask/inner.ts', 'export const a = 1;\n');
    plant('src/cli/main.ts', "import { a } from '../ask/inner.ts';\nexport const b = a;\n");
    expect(cruise()).toContain('ask-is-entered-through-its-index');
  });

  it('catch a library outside its owner folder', () => {
    plant('src/cli/main.ts', "import { request } from 'undici';\nexport const b = request;\n");
    expect(cruise()).toContain('undici-belongs-to-providers');
  });

  it('catch a cycle', () => {
    plant('src/core/a.ts', "import { b } from './b.ts';\nexport const a = () => b;\n");
    plant('src/core/b.ts', "import { a } from './a.ts';\nexport const b = () => a;\n");
    expect(cruise()).toContain('no-cycles');
  });

  it('catch an import between rooms that points up', () => {
    plant('src/sim/faults/a.ts', "import { b } from '../server/b.ts';\nexport const a = b;\n");
    plant('src/sim/server/b.ts', 'export const b = 1;\n');
    expect(cruise()).toContain('sim-faults-imports-only-the-rooms-below-it');
  });

  it('catch an import from a room to the files of its folder', () => {
    plant('src/arena/votes/a.ts', "import type { B } from '../b.ts';\nexport type A = B;\n");
    plant('src/arena/b.ts', 'export type B = 1;\n');
    expect(cruise()).toContain('arena-votes-imports-only-the-rooms-below-it');
  });

  it('catch a command that leans on another one', () => {
    plant(
      'src/cli/commands/rank/a.ts',
      "import { b } from '../pairs/b.ts';\nexport const a = b;\n",
    );
    plant('src/cli/commands/pairs/b.ts', 'export const b = 1;\n');
    expect(cruise()).toContain('rooms-of-cli-commands-do-not-know-each-other');
  });

  it('catch a cycle of types', () => {
    plant('src/ranking/table/a.ts', "import type { B } from './b.ts';\nexport type A = B | 1;\n");
    plant('src/ranking/table/b.ts', "import type { A } from './a.ts';\nexport type B = A | 2;\n");
    expect(cruise()).toContain('no-cycles-of-types');
  });

  it.each(['a.test-support.ts', 'a.test.ts'])('catch a product that leans on %s', (name) => {
    plant(`src/core/${name}`, 'export const a = 1;\n');
    plant('src/core/b.ts', `import { a } from './${name}';\nexport const b = a;\n`);
    expect(cruise()).toContain('source-does-not-import-tests');
  });

  it('leave tests and their support free of the rules for rooms', () => {
    plant('src/sim/server/b.ts', 'export const b = 1;\n');
    const text = "import { b } from '../server/b.ts';\nexport const a = b;\n";
    plant('src/sim/faults/a.test.ts', text);
    plant('src/sim/faults/a.test-support.ts', text);
    expect(cruise()).toContain('no dependency violations');
  });
});

describe('the linter', () => {
  const lint = () => {
    cpSync(join(ROOT, 'biome.json'), join(folder, 'biome.json'));
    const program = join(ROOT, 'node_modules/.bin/biome');
    const more = ['--vcs-enabled=false', '--formatter-enabled=false'];
    const run = spawnSync(process.execPath, [program, 'check', ...more, 'src'], {
      cwd: folder,
      encoding: 'utf8',
    });
    return run.stdout + run.stderr;
  };
  const long = (lines: number) =>
    `export function a(list: number[]): void {\n${'  list.push(1);\n'.repeat(lines)}}\n`;

  it('catches a function of more than 60 lines', () => {
    plant('src/core/a.ts', long(59));
    expect(lint()).not.toContain('noExcessiveLinesPerFunction');
    plant('src/core/a.ts', long(61));
    expect(lint()).toContain('noExcessiveLinesPerFunction');
  });
});

describe('the note on short files', () => {
  it('names a file of few lines that only the file beside it uses, and no other', () => {
    plant('src/core/short.ts', 'export const a = 1;\n');
    plant('src/core/user.ts', "import { a } from './short.ts';\nexport const b = a;\n");
    plant('src/core/shared.ts', 'export const c = 1;\n');
    plant('src/core/one.ts', "import { c } from './shared.ts';\nexport const d = c;\n");
    plant('src/core/two.ts', "import { c } from './shared.ts';\nexport const e = c;\n");
    plant('src/core/long.ts', 'export const f = 1;\n'.repeat(25));
    plant('src/core/three.ts', "import { f } from './long.ts';\nexport const g = f;\n");
    plant('src/io/far.ts', "import { d } from '../core/one.ts';\nexport const h = d;\n");
    expect(findShortFiles(folder)).toEqual([
      { file: 'src/core/short.ts', lines: 1, importer: 'src/core/user.ts' },
    ]);
  });
});

describe('the note on rights that nobody uses', () => {
  it('names folders, rooms and doors, and counts what tests import of other folders only', () => {
    plant(
      'architecture.json',
      JSON.stringify({
        folders: { core: [], io: ['core'], sim: ['core', 'io'], ask: ['core'] },
        rooms: { sim: { texts: [], limits: ['texts'], server: ['limits', 'texts'] } },
        furtherEntries: { io: ['arrow/index.ts', 'delimited/index.ts'] },
      }),
    );
    plant('src/io/b.ts', "export type { A } from '../core/a.ts';\n");
    plant('src/ask/a.test.ts', "import { a } from '../core/a.ts';\n");
    plant('src/sim/limits/a.ts', "const a = import('../../io/arrow/index.ts');\n");
    plant('src/sim/limits/a.test.ts', "import { a } from '../texts/a.ts';\n");
    plant('src/sim/server/a.ts', "import {\n  a,\n} from '../texts/a.ts';\n");
    expect(findUnusedRights(folder)).toEqual([
      'sim imports nothing of core',
      'sim/limits imports nothing of sim/texts',
      'sim/server imports nothing of sim/limits',
      'nobody comes in by io/delimited/index.ts',
    ]);
  });
});

describe('the house rules', () => {
  it.each([
    ['src/core/a.ts', 'export const a = process.env.HOME;\n', 'process.env'],
    ['src/core/a.ts', 'process.exitCode = 1;\n', 'exit codes'],
    ['src/core/a.ts', "import { spawn } from 'node:child_process';\n", 'no program is started'],
    ['src/core/a.ts', 'export const a = eval("1");\n', 'nothing is evaluated'],
    ['src/core/a.ts', 'export const a = Date.now();\n', 'clock and randomness'],
    ['src/core/utils.ts', 'export const a = 1;\n', 'says nothing'],
    ['src/core/a.ts', 'export const a = 1;\n'.repeat(301), 'more than 300 lines'],
  ])('catch in %s: %s', (file, text, message) => {
    plant(file, text);
    expect(
      findViolations(folder)
        .map((violation) => violation.message)
        .join(),
    ).toContain(message);
  });

  it('catch a room that the table does not have, and rooms that make a circle', () => {
    plant('src/sim/attic/a.ts', 'export const a = 1;\n');
    const table = JSON.parse(readFileSync(join(folder, 'architecture.json'), 'utf8'));
    table.rooms.sim.texts = ['server'];
    plant('architecture.json', JSON.stringify(table));
    expect(findViolations(folder).map(({ message }) => message)).toEqual([
      'the room src/sim/attic is not in the table',
      expect.stringMatching(/^the rooms of sim make a circle: texts -> server -> .*texts$/),
    ]);
  });

  it('find nothing in a file that keeps them', () => {
    plant('src/runtime/environment.ts', 'export const a = process.env.HOME;\n');
    plant('src/core/a.ts', '// process.env is not read here\nexport const a = 1;\n');
    expect(findViolations(folder)).toEqual([]);
  });
});
