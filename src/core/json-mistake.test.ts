import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJson } from './json.ts';
import { jsonMistake } from './json-mistake.ts';

describe('jsonMistake', () => {
  it('finds the first character that cannot stand there', () => {
    const cases: readonly [text: string, at: number][] = [
      ['{"a": 1,, "b": 2}', 8],
      ['{"a": 1 "b": 2}', 8],
      ['[1, 2,]', 6],
      ['{"a" 1}', 5],
      ['{a: 1}', 1],
      ['{"a": 01}', 6],
      ['{"a": "x\ny"}', 8],
      ['{"a": "\\x"}', 7],
      ['{"a": nul}', 6],
      ['{"a": 1]', 7],
      ['{"a": [1', 8],
      ['', 0],
      ['1 2', 2],
    ];
    for (const [text, at] of cases) expect([text, jsonMistake(text)]).toEqual([text, at]);
  });

  it('finds none in JSON, and one in all else', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '\\',
      '1',
      '-',
      '.',
      'e',
      'true',
      ' ',
      '\n',
    );
    const soup = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.oneof(soup, fc.json()), (text) => {
        expect(jsonMistake(text) === null).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });
});
