import { expect, it } from 'vitest';
import { mention, replaceMentions } from './option-mention.ts';

it.each([
  [mention('prior', 0.5), '`prior: 0.5`', 'prior=0.5'],
  [mention('intervals', 'sandwich'), "`intervals: 'sandwich'`", 'intervals=sandwich'],
  [mention('side', true), '`side: true`', 'side=true'],
  [mention('minComparisons'), '`minComparisons`', 'minComparisons=undefined'],
])('%s is read back', (text, written, read) => {
  expect(text).toBe(written);
  const name = (option: string, value?: string) => `${option}=${value}`;
  expect(replaceMentions(`Use ${text}, or ${text}.`, name)).toBe(`Use ${read}, or ${read}.`);
});

it('leaves alone what is no option, and what is not of the form', () => {
  const text = 'See `tutti --help`, `a.csv`, `unknown: 1` and `open';
  expect(replaceMentions(text, () => undefined)).toBe(text);
  expect(replaceMentions(text, () => 'X')).toBe('See `tutti --help`, `a.csv`, X and `open');
});
