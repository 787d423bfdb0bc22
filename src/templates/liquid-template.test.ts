import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../core/exact-json.ts';
import type { JsonValue } from '../core/json.ts';
import { compileTemplate } from './compile-template.ts';

const compile = (text: string) => compileTemplate(text, 'liquid');
const render = async (text: string, values: Readonly<Record<string, JsonValue>> = {}) =>
  (await compile(text)).render(values);

describe('a template in Liquid', () => {
  it('has fields, conditions, loops and filters', async () => {
    const text =
      '{{ prompt | upcase }}{% for turn in turns %} {{ forloop.index }}={{ turn.content }}{% endfor %}{% if input-id %}!{% endif %}';
    const values = { prompt: 'why?', turns: [{ content: 'a' }, { content: 'b' }], 'input-id': 7 };
    expect(await render(text, values)).toBe('WHY? 1=a 2=b!');
  });

  it('names the fields that it takes from a row, and not its own variables', async () => {
    const { fields } = await compile(
      '{% assign q = response %}{{ q }}{% for t in prompt %}{{ t.role }}{% endfor %}{{ answer.usage.input }}',
    );
    expect(fields).toEqual(['response', 'prompt', 'answer']);
  });

  it.each([
    ['{% if a %}x', 1, 1, 'not closed'],
    ['one\n  {{ a ', 2, 3, 'not closed'],
    ['{{ a | nope }}', 1, 1, 'undefined filter: nope'],
    ['{% nope %}', 1, 1, 'tag "nope" not found'],
    ['{% include "x" %}', 1, 1, 'tag "include" not found'],
    ['{% render "/etc/passwd" %}', 1, 1, 'tag "render" not found'],
    ['{% layout "x" %}', 1, 1, 'tag "layout" not found'],
    ['{{ a | where_exp: "x", b }}', 1, 1, 'undefined filter: where_exp'],
    ['{{ a | sample }}', 1, 1, 'undefined filter: sample'],
  ])('refuses %j with its place', async (text, line, column, message) => {
    await expect(compile(text)).rejects.toMatchObject({
      name: 'TemplateMistake',
      line,
      column,
      message: expect.stringContaining(message),
    });
  });

  it('refuses a text that is too long', async () => {
    await expect(compile('x'.repeat(1_000_001))).rejects.toThrow('limit');
    await expect(compile('{{a}}'.repeat(1_001))).rejects.toThrow('more than 1000 tags');
  });

  it('never reads a value as a template, and reaches no prototype', async () => {
    const hostile = '{{ secret }}{% include "/etc/passwd" %}{% for i in (1..9) %}x{% endfor %}';
    const values = { response: hostile, secret: 'no' };
    expect(await render('{{ response }}', values)).toBe(hostile);
    expect(
      await render('{% assign r = response %}{{ r }}|{{ r | append: r | size }}', values),
    ).toBe(`${hostile}|${2 * hostile.length}`);
    const reach = '{{ a.constructor }}{{ constructor }}{{ __proto__ }}{{ a.__proto__.polluted }}';
    expect(await render(reach, { a: {} })).toBe('');
  });

  it('does not know what time it is', async () => {
    expect(await render('{{ "2026-01-31" | date: "%Y" }}')).toBe('2026');
    for (const word of ['now', 'today']) {
      await expect(render(`{{ w | date: "%s" }}`, { w: word })).rejects.toThrow(
        'another one each time',
      );
    }
  });

  it('keeps numbers as they are written', async () => {
    const values = { row: parseExactJson('{"id": 9007199254740993, "x": 1.0}') };
    expect(await render('{{ row.id }} {{ row.x }}', values)).toBe('9007199254740993 1.0');
  });

  it.each([
    ['a loop of a billion', '{% for i in (1..1000000000) %}x{% endfor %}'],
    [
      'a text that doubles',
      '{% assign s = "xx" %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}',
    ],
    [
      'a list that doubles',
      '{% assign s = "a,b" | split: "," %}{% for i in (1..60) %}{% assign s = s | concat: s %}{% endfor %}',
    ],
    [
      'a capture that doubles',
      '{% assign s = "xx" %}{% for i in (1..60) %}{% capture s %}{{ s }}{{ s }}{% endcapture %}{% endfor %}',
    ],
  ])('ends %s by its limits', async (_, text) => {
    await expect(render(text)).rejects.toMatchObject({ name: 'TemplateMistake' });
  });

  it('ends loops in loops by its time', async () => {
    const { render: bomb } = await compileTemplate(
      '{% for i in (1..10000) %}{% for j in (1..10000) %}{% for k in (1..10000) %}{% endfor %}{% endfor %}{% endfor %}',
      'liquid',
      { maxRenderMs: 50 },
    );
    expect(() => bomb({})).toThrow('limit');
  });

  it('takes an answer of ten megabytes', async () => {
    const response = 'é{{ x }}'.repeat(1_250_000);
    expect(await render('A {{ response }} B', { response })).toBe(`A ${response} B`);
  });

  it('has further filters, which are given texts', async () => {
    const quote = (text: string, mark = '"') => `${mark}${text}${mark}`;
    const { render: one } = await compileTemplate(
      '{{ a | quote }} {{ b | quote: "|" }}',
      'liquid',
      {
        filters: { quote },
      },
    );
    expect(one({ a: 'x', b: [1, { c: 2 }] })).toBe('"x" |[1,{"c":2}]|');
  });
});
