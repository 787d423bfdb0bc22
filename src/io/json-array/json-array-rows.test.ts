import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonArrayRows } from './json-array-rows.ts';

async function rowsOf(content: string | Buffer, cut = 5) {
  const bytes = Buffer.from(content);
  async function* pieces() {
    const piece = Buffer.alloc(cut);
    for (let at = 0; at < bytes.length; at += cut)
      yield piece.subarray(0, bytes.copy(piece, 0, at, at + cut));
  }
  const rows = [];
  for await (const batch of jsonArrayRows(pieces(), 'rows.json')) rows.push(...batch);
  return rows;
}

describe('a JSON list', () => {
  it('gives its values with the text that they have, but for line ends and indents', async () => {
    const text =
      '[\n  {\n    "a": 1.0,\n    "b": "x, ]\\n\\"}"\n  },\n  {"c":1e400,  "é":[ 1,2 ]}, 7,\n"x"\n]\n';
    expect(await rowsOf(text)).toEqual([
      { number: 2, text: '{"a": 1.0,"b": "x, ]\\n\\"}"}', problem: null },
      { number: 6, text: '{"c":1e400,  "é":[ 1,2 ]}', problem: null },
      { number: 3, text: '7', problem: null },
      { number: 4, text: '"x"', problem: null },
    ]);
    expect(await rowsOf(' [ ] ')).toEqual([]);
  });

  it('numbers the values of one line by their place', async () => {
    const rows = await rowsOf('[{"a":1},{"a":2},{"a":3}]');
    expect(rows.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('has null for a bare NaN, and tells of a value that is no JSON with line and column', async () => {
    const rows = await rowsOf('[\n{"a": NaN},\n{"ü": 1,,\n "b": 2},\n{"a":\n  x},\n{"a":4}]');
    expect(rows).toEqual([
      { number: 2, text: '{"a": null}', problem: null },
      { number: 3, text: '', problem: 'is not JSON (line 3, column 9)' },
      { number: 5, text: '', problem: 'is not JSON (line 6, column 3)' },
      { number: 7, text: '{"a":4}', problem: null },
    ]);
    expect((await rowsOf('[{"ü":"ü"}, {"a" 1}]'))[1]?.problem).toBe(
      'is not JSON (line 1, column 18)',
    );
  });

  it.each([
    ['[{"a":1}\n {"a":2}]', 'rows.json, line 2, column 2: there is a comma missing'],
    ['[{"a":1},\n]', 'rows.json, line 2, column 1: there is a value missing'],
    ['[{"a":1}] {"b":2}', 'rows.json, line 1, column 11: there is something behind the list'],
    ['{"a":1}', 'rows.json, line 1, column 1: there is no list'],
    ['[{"a":1},', 'rows.json ends at line 1, column 10, before its list is closed'],
    ['[{"a":1}, {"b": [1', 'ends in the value that begins at line 1, column 11'],
    ['[{"a":"x\n"}]', 'a text in the value that begins at line 1, column 2 is not closed'],
  ])('is refused with line and column where it is none: %j', async (text, message) => {
    await expect(rowsOf(text)).rejects.toThrow(message);
  });

  it('tells of values that are not UTF-8, and takes any depth', async () => {
    const bad = Buffer.concat([Buffer.from('["'), Buffer.from([0xff]), Buffer.from('", {"a":1}]')]);
    expect((await rowsOf(bad)).map(({ problem }) => problem)).toEqual(['is not valid UTF-8', null]);
    const deep = `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
    expect(await rowsOf(`[${deep}]`, 4096)).toEqual([{ number: 1, text: deep, problem: null }]);
  });

  it('gives what JSON.parse gives, however its bytes are cut', async () => {
    const list = fc.array(fc.oneof(fc.object({ maxDepth: 2 }), fc.string(), fc.double()), {
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(
        list,
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        async (values, cut, pretty) => {
          const text = JSON.stringify(values, null, pretty ? 2 : 0);
          const rows = await rowsOf(text, cut);
          expect(rows.map((row) => JSON.parse(row.text))).toEqual(JSON.parse(text));
          for (const row of rows) expect(row.text).not.toContain('\n');
        },
      ),
    );
  });
});
