import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RANK_OPTIONS } from '../commands/rank/options.ts';
import { namedFlags } from './named-flags.ts';

const SOURCE = join(import.meta.dirname, '../..');

it('puts flags in the place of options, with their values', () => {
  const text = "Use `prior: 0.5`, `intervals: 'sandwich'`, `side: true` or `minComparisons`.";
  expect(namedFlags(text, RANK_OPTIONS)).toBe(
    'Use --prior 0.5, --intervals sandwich, --side or --min-comparisons.',
  );
  expect(namedFlags('`constructor` and `from: 1`', RANK_OPTIONS)).toBe(
    '`constructor` and `from: 1`',
  );
});

it('every option that ratings and votes mention has a flag, and none is named as one', () => {
  const files = globSync(['ranking/**/*.ts', 'arena/**/*.ts'], { cwd: SOURCE });
  const mentioned = files
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const text = readFileSync(join(SOURCE, file), 'utf8');
      const words = text.split('\n').filter((line) => !/^\s*(\*|\/\/|\/\*)/.test(line));
      expect(words.join('\n'), file).not.toMatch(/['"`\s(]--[a-z]{3}/);
      return [...text.matchAll(/mention\('(\w+)'/g)].map(([, name]) => name!);
    });
  expect(mentioned.length).toBeGreaterThan(8);
  for (const name of mentioned) expect(Object.keys(RANK_OPTIONS)).toContain(name);
});
