import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findViolations } from '../scripts/house-rules.ts';

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

  it('find nothing in a file that keeps them', () => {
    plant('src/runtime/environment.ts', 'export const a = process.env.HOME;\n');
    plant('src/core/a.ts', '// process.env is not read here\nexport const a = 1;\n');
    expect(findViolations(folder)).toEqual([]);
  });
});
