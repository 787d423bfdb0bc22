import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../core/exact-json.ts';
import { compileCondition } from './condition.ts';
import type { FieldValues } from './template.ts';

const ROW = {
  score: 4,
  text: '4',
  label: 'a',
  none: null,
  tags: ['x', 'y', 3],
  flag: 'False',
  'my column': 'z',
  deep: { er: { list: [7] } },
  void: '',
  order: 'o',
};
const holds = async (text: string, row: FieldValues = ROW) =>
  (await compileCondition(text)).holds(row);

describe('a condition', () => {
  it.each([
    ['score >= 3 and label == "a"', true],
    ["score >= 5 or label == 'a'", true],
    ['score < 3', false],
    ['text >= 3 and text == 4 and text == "4"', true],
    ['text > "10"', false],
    ['label > "A"', true],
    ['label > 3', false],
    ['label < 3', false],
    ['none < 3', false],
    ['none <= 3', false],
    ['missing >= 0', false],
    ['none == nil and missing == nil', true],
    ['none', false],
    ['void == empty and void == "" and void', true],
    ['tags contains "x" and tags contains 3', true],
    ['label contains "b"', false],
    ['flag == false', true],
    ['flag != true', true],
    ['not score > 3', false],
    ['not (score > 3 and label == "b")', true],
    ['(score > 9 and label == "b") or order == "o"', true],
    ['label == "b" or score == 4 and order == "o"', true],
    ['deep.er.list[0] == 7 and tags.size == 3 and deep["er"].list.first == 7', true],
    ['["my column"] == "z"', true],
    ['score == 4.0', true],
    ['score <> 4', false],
    ['not not not none', true],
    ['none or none or score and label', true],
    ['none or score and none and score', false],
    ['  \n score\n>=\n3 ', true],
  ])('%s is %s', async (text, expected) => {
    expect(await holds(text)).toBe(expected);
  });

  it('compares numbers that are kept as they are written', async () => {
    const row = parseExactJson('{"a": 1.0, "b": 9007199254740993, "c": 1e3}') as FieldValues;
    expect(await holds('a == 1 and b > 9007199254740000 and c >= 1000 and 1 == a', row)).toBe(true);
    expect(await holds('a == "1" and a == true', row)).toBe(false);
  });

  it('names its columns', async () => {
    const { fields } = await compileCondition(
      'a > 1 and b.c == d or ["my column"]'.replace('or', 'and'),
    );
    expect(fields).toEqual(['a', 'b', 'd', 'my column']);
    expect((await compileCondition('a[b] == 1')).fields).toEqual(['a', 'b']);
  });

  it.each([
    ['', 1, 1],
    ['score >=', 1, 9],
    ['score = 3', 1, 7],
    ['a b', 1, 3],
    ['a < b < c', 1, 7],
    ['a and', 1, 6],
    ['and a', 1, 1],
    ['(a', 1, 3],
    ['a)', 1, 2],
    ['a ==\n  == b', 2, 3],
    ['a | size', 1, 3],
    ['a %}{% if b', 1, 3],
    ['a and b or c', 1, 11],
    ['a && b', 1, 3],
    ['"open', 1, 1],
  ])('refuses %j with its place', async (text, line, column) => {
    await expect(compileCondition(text)).rejects.toMatchObject({
      name: 'TemplateMistake',
      line,
      column,
    });
  });

  it('is of any length, and refused where it is nested too deeply', async () => {
    expect(await holds(`${'none or '.repeat(20_000)}score`)).toBe(true);
    expect(await holds(`${'score and '.repeat(20_000)}none`)).toBe(false);
    expect(await holds(`${'not '.repeat(20_001)}none`)).toBe(true);
    expect(await holds(`${'('.repeat(100)}score${')'.repeat(100)}`)).toBe(true);
    expect(await holds(`label == "${'\\'.repeat(100_000)}x"`)).toBe(false);
    for (const [before, after] of [
      ['(', ')'],
      ['a[', ']'],
      ['not (', ')'],
      ['a[(', ')]'],
    ] as const) {
      const deep = `${before.repeat(20_000)}a${after.repeat(20_000)}`;
      await expect(compileCondition(deep)).rejects.toMatchObject({
        name: 'TemplateMistake',
        line: 1,
      });
    }
  });

  it('never reads what a row holds as a condition, and reaches no prototype', async () => {
    const { holds: one } = await compileCondition('a == "x"');
    fc.assert(fc.property(fc.string(), (a) => one({ a }) === (a === 'x')));
    expect(one({ a: '" or true or "' })).toBe(false);
    expect(await holds('constructor', {})).toBe(false);
    expect(await holds('a.constructor', { a: {} })).toBe(false);
    expect(await holds('__proto__', {})).toBe(false);
  });
});
