import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../core/exact-json.ts';
import { compileTemplate } from './compile-template.ts';
import type { FieldValues } from './template.ts';

const compile = (text: string) => compileTemplate(text, 'liquid', { isStrict: true });
const render = async (text: string, values: FieldValues = {}) =>
  (await compile(text)).render(values);

describe('a strict template in Liquid', () => {
  it('takes any column by the name of the row', async () => {
    const values = { 'my column': 'x', a: 'y', row: 'z' };
    expect(await render('{{ row["my column"] }}{{ row.a }}{{ a }}{{ row.row }}', values)).toBe(
      'xyyz',
    );
  });

  it('knows its columns, by whichever way they are named', async () => {
    const { fields } = await compile(
      '{{ a }}{{ row["my column"] }}{{ row.b.c }}{% for x in row.list %}{{ x }}{{ row[d] }}{% endfor %}',
    );
    expect([...fields].sort()).toEqual(['a', 'b', 'd', 'list', 'my column']);
  });

  it('refuses a variable that is not there, but may ask for it', async () => {
    await expect(render('{{ a }}')).rejects.toThrow('undefined variable: a');
    await expect(render('{{ a.b }}', { a: {} })).rejects.toThrow('undefined variable: a.b');
    expect(await render('{% if a %}x{% else %}y{% endif %}{{ a | default: "z" }}')).toBe('yz');
    expect(await render('[{{ a }}]', { a: null })).toBe('[]');
  });

  it.each(['{{ a }}', '{% echo a %}', '{% assign b = a %}{{ b }}', '{{ row }}', '{% cycle a %}'])(
    'refuses the list of %j',
    async (text) => {
      await expect(render(text, { a: [1, 2] })).rejects.toThrow('add "| json"');
    },
  );

  it('writes lists and objects as JSON where it is told to', async () => {
    const values = parseExactJson(
      '{"a": [1.0, {"b": 9007199254740993}], "n": 1.50}',
    ) as FieldValues;
    expect(await render('{{ a | json }} {{ n }} {{ a[1].b }}', values)).toBe(
      '[1.0,{"b":9007199254740993}] 1.50 9007199254740993',
    );
    expect(await render('{% if n > 1 and n < 2 and n == 1.5 %}yes{% endif %}', values)).toBe('yes');
    await expect(compile('{{ a | raw }}')).rejects.toThrow('undefined filter: raw');
  });

  it('never reads what a row holds as a template', async () => {
    const { render: one } = await compile('<{{ a }}|{{ row["b c"] }}>');
    const places = ['{{ a }}', '{% if a %}', '{{', '}}', '{% raw %}', '$a'];
    const hostile = fc
      .array(fc.oneof(fc.string(), fc.constantFrom(...places)))
      .map((all) => all.join(''));
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        expect(one({ a, 'b c': b })).toBe(`<${a}|${b}>`);
      }),
    );
  });

  it('reaches no prototype', async () => {
    const hostile = JSON.parse('{"__proto__": {"polluted": "own"}, "a": {}}');
    await expect(render('{{ a.polluted }}', hostile)).rejects.toThrow('undefined');
    await expect(render('{{ row.constructor }}', hostile)).rejects.toThrow('undefined');
  });
});
