import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { type MissingOptions, writeMissingRows } from './missing-rows.ts';

let folder = '';

beforeEach(() => {
  folder = temporaryFolder();
});

async function missing(
  input: string,
  results: readonly object[] | string,
  options: Partial<MissingOptions> = {},
) {
  const paths = { input: join(folder, 'in.jsonl'), results: join(folder, 'out.jsonl') };
  writeFileSync(paths.input, input);
  const lines = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join('\n');
  writeFileSync(paths.results, typeof results === 'string' ? results : lines(results));
  const output = join(folder, 'new.jsonl');
  const found = await writeMissingRows({ ...paths, output, ...options });
  return { found, text: existsSync(output) ? readFileSync(output, 'utf8') : null };
}

const ok = (id: unknown, model?: string) => ({
  id,
  model,
  response: 'x',
  answer: { status: 'ok' },
});
const bad = (id: unknown, model?: string) => ({
  ...{ id, model, response: null },
  answer: { status: 'error', error: { code: 'timeout' } },
});

describe('rows that are missing', () => {
  it('are those without an answer and those that failed, verbatim', async () => {
    const lines = [
      '{"id":1, "prompt" : "a"}',
      '{"id":"2","prompt":"é","seed":1.0}',
      '{"id":2,"prompt":"b"}',
      '{"id":3,"prompt":"c"}',
    ];
    const results = [ok(1), ok(2), bad(3), bad(4)];
    const { found, text } = await missing(`\n${lines.join('\r\n')}`, results);
    expect(text).toBe(`${lines[1]}\n${lines[3]}\n`);
    expect(found).toEqual({ rows: 4, missing: 2, failed: 1, unreadable: 0 });
  });

  it('are none where a later try of the same row was answered', async () => {
    const { found, text } = await missing('{"id":1,"prompt":"a"}', [bad(1), ok(1), bad(1)]);
    expect([found.missing, text]).toEqual([0, null]);
    expect(readdirSync(folder).sort()).toEqual(['in.jsonl', 'out.jsonl']);
  });

  it('are found by id and model where an id stands more than once', async () => {
    const lines = [
      '{"id":1,"prompt":"a","model":"m/1"}',
      '{"id":1,"prompt":"a","model":"m/2"}',
      '{"id":2,"prompt":"b","api":"m","model_name":"9"}',
    ];
    const results = [ok(1, 'm/2'), bad(1, 'm/1'), ok(2, 'm/other')];
    expect((await missing(lines.join('\n'), results)).text).toBe(`${lines[0]}\n`);
  });

  it('that ask several models are missing unless each has answered', async () => {
    const results = [ok(1, 'm/1'), bad(1, 'm/2'), ok(2, 'm/1'), ok(2, 'm/2'), ok(3, 'm/1')];
    const [one, two] = ['{"id":1,"prompt":"a"}', '{"id":2,"prompt":"b"}'];
    const three = '{"id":3,"prompt":"c","model":["m/1","m/2"]}';
    const { text, found } = await missing([one, two, three].join('\n'), results);
    expect(text).toBe(`${one}\n${three}\n`);
    expect(found).toMatchObject({ missing: 2, failed: 1 });
  });

  it('may be found by another key; lines of a batch API by their own', async () => {
    const row = '{"key":"k","prompt":"a"}';
    const options = { idKey: 'key' };
    expect((await missing(row, [{ ...ok(1), key: 'k' }], options)).text).toBeNull();
    const line = '{"custom_id":"r-1","url":"/v1/responses","body":{"model":"m","input":"a"}}';
    expect((await missing(line, [ok('r-1', 'openai/m')])).text).toBeNull();
  });

  it('are not told from others where a line is no row or has no id', async () => {
    const input = '{"id":1,"prompt":"a"}\n{"prompt":"b"}\nx\n';
    await expect(missing(input, [ok(1)])).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringMatching(/in.jsonl:2: the row has no "id"\n.*:3: the line is no JSON/),
    });
    expect(existsSync(join(folder, 'new.jsonl'))).toBe(false);
  });

  it('include what stands in lines of the results that cannot be read', async () => {
    const results = `${JSON.stringify(ok(1))}\n{"id":2,"response":"x","ans`;
    const { found } = await missing('{"id":1,"prompt":"a"}\n{"id":2,"prompt":"a"}', results);
    expect(found).toMatchObject({ missing: 1, unreadable: 1 });
  });

  it('replace no file', async () => {
    writeFileSync(join(folder, 'new.jsonl'), 'mine');
    await expect(missing('{"id":1,"prompt":"a"}', [])).rejects.toMatchObject({ code: 'bad_usage' });
    expect(readFileSync(join(folder, 'new.jsonl'), 'utf8')).toBe('mine');
    for (const name of ['new.csv', 'new.TAB', 'new.pq', 'new.parquet.gz']) {
      const output = join(folder, name);
      await expect(missing('{"id":1,"prompt":"a"}', [], { output })).rejects.toMatchObject({
        code: 'bad_usage',
      });
    }
  });
});
