import { expect, it } from 'vitest';
import { parseEnvFile } from './env-file.ts';

const valuesOf = (text: string): Record<string, string> =>
  Object.fromEntries(parseEnvFile(text).entries.map(({ name, value }) => [name, value]));

it('reads assignments with comments, export, spaces and quotes', () => {
  const text = [
    '\uFEFF# a comment',
    'A=one',
    '  export B = two words # comment',
    "C='it # stays \\n'",
    'D="a\\n\\"b\\"" # comment',
    'E=ab#cd',
    'F=',
    '',
  ].join('\r\n');
  expect(valuesOf(text)).toEqual({
    A: 'one',
    B: 'two words',
    C: 'it # stays \\n',
    D: 'a\n"b"',
    E: 'ab#cd',
    F: '',
  });
});

it('expands nothing', () => {
  expect(valuesOf('A=$HOME\nB="$(id) $C"')).toEqual({ A: '$HOME', B: '$(id) $C' });
});

it('keeps the lines of values that span several', () => {
  const { entries } = parseEnvFile('A="one\ntwo"\nB=3');
  expect(entries).toEqual([
    { name: 'A', value: 'one\ntwo', line: 1, lastLine: 2 },
    { name: 'B', value: '3', line: 3, lastLine: 3 },
  ]);
});

it('names the lines that are no assignment without keeping their text', () => {
  const file = parseEnvFile('sk-secret\nA="open\nB=1\nC="x" y');
  expect(file.unreadableLines).toEqual([1, 2, 4]);
  expect(JSON.stringify(file.unreadableLines)).not.toContain('sk-secret');
});

it('reads a megabyte of open quotes in less than a second', () => {
  const startMs = performance.now();
  parseEnvFile('A="x\n'.repeat(200_000));
  parseEnvFile('A=\'"\n'.repeat(150_000));
  expect(performance.now() - startMs).toBeLessThan(1000);
});
