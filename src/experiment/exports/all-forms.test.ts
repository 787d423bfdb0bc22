import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { type DatasetColumn, readRows } from '../../io/datasets/index.ts';
import { cellObjectWriter, isHeader } from '../forms/cell-object.ts';
import type { ExportFormat } from './export-format.ts';
import { exportResults } from './export-results.ts';

type Table = Extract<ExportFormat, 'csv' | 'parquet' | 'arrow'>;

/** Reads an experiment of any form as the lines of its rows. */
async function linesOf(path: string, name = path, isStream = false): Promise<string[]> {
  const lines: string[] = [];
  const cellsOf = (columns: readonly DatasetColumn[]) => cellObjectWriter(columns, []);
  const source = isStream ? createReadStream(path) : path;
  for await (const batch of readRows(source, { name, isHeader, cellsOf })) {
    for (const { text, problem } of batch) lines.push(problem ?? text);
  }
  return lines;
}

/** Writes JSON lines in a form, and gives its path. */
async function written(lines: readonly string[], format: ExportFormat): Promise<string> {
  const folder = temporaryFolder();
  const [input, output] = [join(folder, 'rows.jsonl'), join(folder, `rows.${format}`)];
  writeFileSync(input, lines.map((line) => `${line}\n`).join(''));
  await exportResults({ input, output, format });
  return output;
}

async function back(lines: readonly string[], format: Table): Promise<string[]> {
  return linesOf(await written(lines, format));
}

const parsed = (line: string) => JSON.parse(line) as JsonObject;

/** What a table holds of a row: what is null, and parameters that are none, have no cell. */
function held(line: string): unknown {
  const row = Object.entries(parsed(line)).flatMap(([key, value]) => {
    if (value === null) return [];
    if (key !== 'parameters' || !isJsonObject(value)) return [[key, value] as const];
    const given = Object.entries(value).filter(([, one]) => one !== null);
    return given.length === 0 ? [] : [[key, Object.fromEntries(given)] as const];
  });
  return Object.fromEntries(row);
}

/** Texts and parameters, which every form holds. */
const ROWS = [
  '{"prompt":" a, \\"b\\"\\r\\n🦜 ","model":"x/y","parameters":{"seed":1152921504606846976,"top_p":0.5}}',
  '{"id":"007","prompt":"=1","model":"x/y","parameters":{"stop":"5","user":"","logit_bias":{"a":[1e400,null,"\\n"]}}}',
  `{"prompt":${JSON.stringify('é"\n🦜'.repeat(1_200_000))},"model":"NaN","parameters":{"n":false}}`,
  '{"id":"\\t","prompt":"null","model":"[1]","__proto__":"p","constructor":"c"}',
];

describe.each<Table>(['csv', 'parquet', 'arrow'])('rows in a file of form %s', (format) => {
  it('are the rows of JSON lines, digits, emoji and a cell of ten megabytes too', async () => {
    const rows = await back(ROWS, format);
    expect(rows.map(parsed)).toEqual(ROWS.map(parsed));
    expect(rows[0]).toContain('"seed":1152921504606846976,"top_p":0.5');
    expect(rows[1]).toContain('[1e400,null,"\\n"]');
  });

  it('are the same from a file, a stream, and packed, whatever the name', async () => {
    const rows = ROWS.slice(0, 2);
    const path = await written(rows, format);
    const packed = join(temporaryFolder(), `rows.${format}.gz`);
    writeFileSync(packed, gzipSync(readFileSync(path)));
    const expected = rows.map(parsed);
    for (const from of [path, packed]) {
      for (const name of [from, 'standard input']) {
        for (const isStream of [false, true]) {
          expect((await linesOf(from, name, isStream)).map(parsed)).toEqual(expected);
        }
      }
    }
  });
});

const key = fc.oneof(
  fc.constantFrom('id', 'prompt', 'model', '__proto__', 'toString', 'a.b', 'input-x'),
  fc.string({ minLength: 1 }).filter((text) => !/^(?:answer|response|parameters|sep=)/.test(text)),
);
const json = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.integer(), fc.double({ noNaN: true }));
const parameters = fc.dictionary(fc.string({ minLength: 1 }), json, { maxKeys: 4 });

/** Rows of which some have the same keys. */
function rowsOf(value: fc.Arbitrary<unknown>): fc.Arbitrary<string[]> {
  const row = fc.record(
    { prompt: value, more: fc.dictionary(key, value, { maxKeys: 4 }), parameters },
    { requiredKeys: ['prompt', 'more'] },
  );
  return fc
    .array(row, { minLength: 1, maxLength: 6 })
    .map((rows) => rows.map(({ more, ...rest }) => JSON.stringify({ ...more, ...rest })));
}

describe('JSON lines, to another form and back', () => {
  it('are the same as Parquet, but for what is null', async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf(json), async (lines) => {
        expect((await back(lines, 'parquet')).map(parsed)).toEqual(lines.map(held));
      }),
      { numRuns: 150 },
    );
  });

  it('are the same as CSV, where they are texts', async () => {
    const text = fc.string({ minLength: 1, unit: 'binary' }).map((one) => one.toWellFormed());
    await fc.assert(
      fc.asyncProperty(rowsOf(text), async (lines) => {
        expect((await back(lines, 'csv')).map(parsed)).toEqual(lines.map(held));
      }),
      { numRuns: 150 },
    );
  });

  it('keep in Parquet the type that all values of a column have, else JSON', async () => {
    const values = [
      ['1', '2', 'null', '9007199254740993'],
      ['1', '2', '2.5', 'null'],
      ['1152921504606846976', '2.5', '-0', '1'],
      ['12345678901234567890', '1', '1', '1'],
      ['1.0', '"1"', 'true', '[1.0]'],
      ['""', '"a"', 'null', '"🦜"'],
      ['true', 'null', 'false', 'null'],
      ['null', 'null', 'null', 'null'],
      ['1e400', '1e-400', '0.1', '0.1'],
    ];
    const lines = [0, 1, 2, 3].map(
      (row) => `{"prompt":"a",${values.map((column, at) => `"c${at}":${column[row]}`).join(',')}}`,
    );
    const rows = await back(lines, 'parquet');
    expect(rows).toEqual(lines.map((line) => line.replace(/,"c\d":null(?=[,}])/g, '')));
  });

  it('are refused as Parquet where a line is no row', async () => {
    await expect(back(['{"prompt":"a"}', '{'], 'parquet')).rejects.toMatchObject({
      code: 'bad_input',
    });
  });
});

describe.each<Table>(['csv', 'parquet', 'arrow'])('results in a table of form %s', (format) => {
  it('are written in other forms as the results that they were made of', async () => {
    const usage = { input: 3, output: 5 };
    const ok = { status: 'ok', model: 'm', finish_reason: 'stop', usage, cost_usd: 0.25 };
    const error = { code: 'rate_limited', message: 'slow: "down"\n' };
    const lines = [
      { id: 'a', prompt: 'p', parameters: { n: 1 }, response: 'r', answer: ok, match: true },
      { id: 'b', prompt: 'q', response: null, answer: { status: 'error', error }, match: null },
    ].map((line) => JSON.stringify(line));
    const table = await written(lines, format);
    for (const other of ['csv', 'openai-batch', 'cookbook'] as const) {
      const output = join(temporaryFolder(), 'again');
      await exportResults({ input: table, output, format: other });
      const expected = readFileSync(await written(lines, other), 'utf8');
      expect(readFileSync(output, 'utf8')).toBe(expected);
    }
  });
});

describe('standard input', () => {
  it('is written in another form as a file is, requests as the rows that they are', async () => {
    const folder = temporaryFolder();
    const [input, output] = [join(folder, 'batch.jsonl'), join(folder, 'out.csv')];
    const body = { model: 'm', messages: [{ role: 'user', content: 'a' }], top_p: 1 };
    const url = '/v1/chat/completions';
    writeFileSync(input, `${JSON.stringify({ custom_id: 'r', method: 'POST', url, body })}\n`);
    const requests = { api: null, referenceOf: (model: string) => `openai/${model}` };
    const request = { output, format: 'csv', requests } as const;
    expect(await exportResults({ ...request, input: createReadStream(input) })).toBe(1);
    const text =
      'id,prompt,model,parameters-top_p\nr,"[{""role"":""user"",""content"":""a""}]",openai/m,1\n';
    expect(readFileSync(output, 'utf8')).toBe(text);
    expect(await exportResults({ ...request, input })).toBe(1);
    expect(readFileSync(output, 'utf8')).toBe(text);
  });
});
