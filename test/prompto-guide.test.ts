import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { spellings } from '../src/cli/command-line/option.ts';
import { command as run } from '../src/cli/commands/run/index.ts';
import { COMMANDS } from '../src/cli/commands.generated.ts';
import { PROVIDERS } from '../src/providers/index.ts';
import { knownVariables, variableKind } from '../src/runtime/environment/variable-names.ts';

const GUIDE = readFileSync(new URL('../docs/guide/from-prompto.md', import.meta.url), 'utf8');

/** A section of the guide that is written by hand. */
function section(title: string): string {
  const [, text = ''] = GUIDE.split(`## ${title}\n`);
  return text.split('\n## ')[0]!;
}

test('the variables that the guide names for users of prompto are read', () => {
  const known = knownVariables(PROVIDERS);
  const names = [...section('Variables').matchAll(/`([A-Z][A-Z0-9_]+_[A-Z0-9_]+)`/g)].map(
    ([, name = '']) => name,
  );
  expect(names.length).toBeGreaterThan(12);
  for (const name of names) expect(variableKind(name, known), name).toBeDefined();
});

test('the commands and options that the guide names are there', () => {
  const ours = GUIDE.replace(/<!-- Written by[\s\S]*Written until here\. -->/, '');
  const commands = [...ours.matchAll(/tutti ([a-z]+)/g)].map(([, name]) => name);
  const known = COMMANDS.map(({ name }) => name);
  expect(known).toEqual(expect.arrayContaining([...new Set(commands)]));
  const options = [...ours.matchAll(/`[^`]*?(--[a-z][a-z-]+)/g)].map(([, flag = '']) => flag);
  const flags = [...Object.values(run.options).flatMap(spellings), '--parallel'];
  expect(flags).toEqual(expect.arrayContaining([...new Set(options)]));
});
