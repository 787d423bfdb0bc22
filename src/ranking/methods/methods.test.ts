import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { METHOD_NAMES } from '../options/method-names.generated.ts';
import { METHODS } from './methods.generated.ts';

it('every method is called as its file and its place in the list', () => {
  const files = readdirSync(import.meta.dirname);
  for (const name of METHOD_NAMES) {
    expect(METHODS[name].name).toBe(name);
    expect(files).toContain(`${name}.ts`);
  }
});

it.each(METHOD_NAMES)('%s declares nothing that excludes itself', (name) => {
  const { likelihood, side, ratings, ties, rescoring, lossForBoth } = METHODS[name];
  if (side) expect(likelihood).toBe('pairs');
  if (likelihood !== null) expect(ratings).toBe('strengths');
  if (likelihood === 'pairs') expect(rescoring.reads).toBe('games');
  if (likelihood !== null) expect(lossForBoth).toBe(false);
  if (ties !== undefined) expect(ties.outcome.tieParameter).toBe(true);
});
