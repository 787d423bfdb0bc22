import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileFormat } from './format-template.ts';

interface Recorded {
  readonly values: Readonly<Record<string, string>>;
  /** Null: Python refuses the text as no format string. */
  readonly cases: readonly { readonly template: string; readonly text: string | null }[];
}

const RECORDED: Recorded = JSON.parse(
  readFileSync(new URL('./recorded/format-cases.json', import.meta.url), 'utf8'),
);

const VALUES = { INPUT_PROMPT: 'the prompt', OUTPUT_RESPONSE: 'the response' };
const render = (text: string, values: Readonly<Record<string, never>> | typeof VALUES = VALUES) =>
  compileFormat(text).render(values);

describe('a template in the syntax of str.format', () => {
  it('gives what Python gives, character for character', () => {
    const written = RECORDED.cases.filter(({ text }) => text !== null);
    expect(written.length).toBeGreaterThan(300);
    for (const { template, text } of written) {
      expect([template, compileFormat(template).render(RECORDED.values)]).toEqual([template, text]);
    }
  });

  it('takes braces for text where Python refuses the whole, but for plain fields', () => {
    const refused = RECORDED.cases.filter(({ text }) => text === null);
    expect(refused.length).toBeGreaterThan(100);
    for (const { template } of refused) {
      const expected = template
        .split(/(\{INPUT_PROMPT\}|\{OUTPUT_RESPONSE\})/)
        .map((part, at) => (at % 2 === 1 ? RECORDED.values[part.slice(1, -1)]! : part));
      expect([template, compileFormat(template).render(RECORDED.values)]).toEqual([
        template,
        expected.join(''),
      ]);
    }
  });

  it.each([
    ['Reply {"score": 4} for {OUTPUT_RESPONSE}', 'Reply {"score": 4} for the response'],
    ['{"a": {"b": {"c": 1}}} {INPUT_PROMPT}', '{"a": {"b": {"c": 1}}} the prompt'],
    ['{{"score": 4}} {OUTPUT_RESPONSE}', '{"score": 4} the response'],
    ['\\frac{1}{2} {} {0} {INPUT_PROMPT.upper}', '\\frac{1}{2} {} {0} {INPUT_PROMPT.upper}'],
    ['{OUTPUT_RESPONS} {{x}}', '{OUTPUT_RESPONS} {x}'],
    ['function f() { return {INPUT_PROMPT', 'function f() { return {INPUT_PROMPT'],
    ['{__proto__} {constructor} {toString}', '{__proto__} {constructor} {toString}'],
    ['{INPUT_PROMPT:{OUTPUT_RESPONSE}}', '{INPUT_PROMPT:{OUTPUT_RESPONSE}}'],
    [
      '{INPUT_PROMPT[99]} {INPUT_PROMPT!x} {INPUT_PROMPT:d}',
      '{INPUT_PROMPT[99]} {INPUT_PROMPT!x} {INPUT_PROMPT:d}',
    ],
    ['', ''],
  ])('writes %j as %j', (text, expected) => {
    expect(render(text)).toBe(expected);
  });

  it('never reads a value as a template', () => {
    const values = {
      INPUT_PROMPT: '{OUTPUT_RESPONSE} {{x}} {',
      OUTPUT_RESPONSE: '$& {INPUT_PROMPT}',
    };
    expect(render('{INPUT_PROMPT}|{OUTPUT_RESPONSE}', values)).toBe(
      '{OUTPUT_RESPONSE} {{x}} {|$& {INPUT_PROMPT}',
    );
  });

  it('writes lists as JSON, and one of their elements by its index', () => {
    const { render: one } = compileFormat('{turns} {turns[1]}');
    expect(one({ turns: ['a "b"', 'é'] })).toBe('["a \\"b\\"","é"] é');
  });

  it('names the fields, known or not, and takes no other brace for one', () => {
    const { fields } = compileFormat('{INPUT_PROMPT} {typo} {"score": 1} {{no}} {INPUT_PROMPT!r}');
    expect(fields).toEqual(['INPUT_PROMPT', 'typo']);
  });

  it('reads a value of ten megabytes and a text of braces in linear time', () => {
    const long = 'x{'.repeat(5_000_000);
    expect(compileFormat('{A}').render({ A: long })).toBe(long);
    const braces = '{'.repeat(200_000);
    expect(compileFormat(braces).render({})).toBe('{'.repeat(100_000));
    const brackets = `{a${'['.repeat(100_000)}`;
    expect(compileFormat(brackets).render({})).toBe(brackets);
  });
});
