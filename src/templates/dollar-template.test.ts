import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../core/exact-json.ts';
import { compileDollar } from './dollar-template.ts';
import type { FieldValues } from './template.ts';
import { templateSyntax } from './template-syntax.ts';

const render = (text: string, values: FieldValues = {}) => compileDollar(text).render(values);
const open = '${';

describe('a template in the syntax of string.Template', () => {
  it('takes names of ASCII letters without braces, and any name in braces', () => {
    const values = { a: '1', a_2: '2', 'my column': '3', größe: '4', '': '5' };
    expect(render(`$a $a_2, ${open}my column} ${open}größe} $a的`, values)).toBe('1 2, 3 4 1的');
  });

  it('writes one dollar sign for two, and leaves amounts, braces and lone ones alone', () => {
    expect(render('$$a costs $5, $ 6, {"a": {"b": $$1}} $', { a: 'x' })).toBe(
      '$a costs $5, $ 6, {"a": {"b": $1}} $',
    );
    expect(render('$$$a$$', { a: 'x' })).toBe('$x$');
  });

  it('loses the white space around it, but not that of values', () => {
    expect(render(' \n\u001f$a \u0085\n', { a: ' x ' })).toBe(' x ');
  });

  it('writes nothing for null and for what is missing, JSON for booleans, numbers and lists', () => {
    const values = parseExactJson(
      '{"n": null, "t": true, "l": ["a", {"b": 1.0}], "x": 9007199254740993}',
    ) as FieldValues;
    expect(render('[$n][$none][$t][$l][$x]', values)).toBe(
      '[][][true][["a",{"b":1.0}]][9007199254740993]',
    );
  });

  it('knows its columns, each once', () => {
    expect(compileDollar(`$a ${open}b c} $a $$d`).fields).toEqual(['a', 'b c']);
  });

  it.each([
    [`one\n two ${open}a`, 2, 6, 'not closed'],
    [`\n\n  ${open}} b`, 3, 3, 'names no column'],
  ])('refuses %j with its place', (text, line, column, message) => {
    expect(() => compileDollar(text)).toThrow(
      expect.objectContaining({ name: 'TemplateMistake', line, column }),
    );
    expect(() => compileDollar(text)).toThrow(message);
  });

  it('reaches no prototype', () => {
    expect(render(`$constructor|$__proto__|${open}toString}`)).toBe('||');
    expect(render('$__proto__', JSON.parse('{"__proto__": "own"}'))).toBe('own');
  });

  it('never reads what a row holds as a template', () => {
    const places = ['$a', '$$', `${open}a}`, '{{ a }}', '{% if a %}', '$&', '\\'];
    const hostile = fc
      .array(fc.oneof(fc.string(), fc.constantFrom(...places)))
      .map((all) => all.join(''));
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        expect(render(`<$a|${open}b}|$$a>`, { a, b })).toBe(`<${a}|${b}|$a>`);
      }),
    );
  });

  it('reads dollar signs without end in linear time', () => {
    expect(render('$'.repeat(1_000_000))).toBe('$'.repeat(500_000));
    expect(() => compileDollar(open.repeat(500_000))).toThrow('not closed');
    const many = compileDollar(`${open}a}`.repeat(200_000));
    expect(many.render({ a: 'x' })).toBe('x'.repeat(200_000));
  });
});

describe('the syntax of a template', () => {
  it.each([
    ['plain', 'dollar'],
    ['$a', 'dollar'],
    ['{"a": {"b": 1}}', 'dollar'],
    ['{{ a }} for $5, or $$', 'liquid'],
    ['{% if a %}x{% endif %}', 'liquid'],
    ['$' + '{{ price }}', 'liquid'],
  ])('of %j is %s', (text, syntax) => {
    expect(templateSyntax(text)).toBe(syntax);
  });

  it.each([['{{ a }} $b'], [`{% if a %}${open}b c}{% endif %}`]])(
    'of %j is not known, and an option says it',
    (text) => {
      expect(templateSyntax(text)).toEqual({ problem: expect.stringContaining('--syntax') });
    },
  );
});
