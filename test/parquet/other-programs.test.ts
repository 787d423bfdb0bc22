import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exportResults } from '../../src/experiment/exports/index.ts';
import { pythonHas, runPython } from '../support/other-python.ts';
import { expectedRows, randomTable, rowsOfFile } from '../support/random-table.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const IS_THERE = pythonHas('pyarrow', 'duckdb');

const ROWS = Array.from({ length: 12_000 }, (_, i) => ({
  id: i,
  prompt: i % 3 === 0 ? `🦜 ${i}\n"` : '',
  large: i % 2 === 0 ? null : i,
  score: i / 4,
  yes: i % 5 === 0,
  mixed: i % 2 === 0 ? [i, { a: null }] : `text ${i}`,
  parameters: { seed: 7, 'odd.name "x"': i },
  response: `answer ${i % 10}`,
  answer: { status: 'ok', usage: { input: i, output: 1 }, cost_usd: null, latency_ms: 5 },
}));

it.skipIf(!IS_THERE)(
  'Parquet written here is read by pyarrow and DuckDB, value by value',
  { timeout: 120_000 },
  async () => {
    const folder = temporaryFolder();
    const input = join(folder, 'rows.jsonl');
    // JavaScript has no number for 2^60 + 1.
    const lines = ROWS.map((row) =>
      JSON.stringify(row).replace('"large":1,', '"large":1152921504606846977,'),
    );
    writeFileSync(input, lines.join('\n'));
    await exportResults({ input, output: join(folder, 'rows.parquet'), format: 'parquet' });
    const printed = runPython(
      folder,
      `
import json, pyarrow.parquet as pq, duckdb
rows = [json.loads(line) for line in open('rows.jsonl')]
def expected(row):
    return {
        'id': row['id'], 'prompt': row['prompt'], 'large': row['large'], 'score': row['score'], 'yes': row['yes'],
        'mixed': row['mixed'], 'parameters-seed': 7, 'parameters-odd.name "x"': row['id'], 'response': row['response'],
        'answer-status': 'ok', 'answer-error': None, 'answer-model': None, 'answer-finish_reason': None,
        'answer-input_tokens': row['id'], 'answer-output_tokens': 1, 'answer-cost_usd': None, 'answer-latency_ms': 5.0,
    }
def parsed(row):
    return {**row, 'mixed': json.loads(row['mixed'])}
file = pq.ParquetFile('rows.parquet')
print(file.metadata.num_row_groups, max(file.metadata.row_group(i).num_rows for i in range(file.metadata.num_row_groups)))
table = file.read()
print([str(field.type) for field in table.schema])
assert [parsed(row) for row in table.to_pylist()] == [expected(row) for row in rows]
duck = duckdb.sql("select * from 'rows.parquet'")
print([str(one) for one in duck.types])
names = duck.columns
assert [parsed(dict(zip(names, row))) for row in duck.fetchall()] == [expected(row) for row in rows]
assert duckdb.sql("select count(*) from 'rows.parquet' where large = 1152921504606846977").fetchall() == [(1,)]
assert duckdb.sql("select count(*) from 'rows.parquet' where prompt = ''").fetchall() == [(8000,)]
`,
    );
    const [groups, arrow, duck] = printed.trim().split('\n');
    expect(groups).toBe('3 5000');
    expect(arrow).toBe(
      "['int64', 'string', 'int64', 'double', 'bool', 'extension<arrow.json>', 'int64', 'int64', 'string', 'string', 'string', 'string', 'string', 'int64', 'int64', 'double', 'double']",
    );
    expect(duck).toContain("['BIGINT', 'VARCHAR', 'BIGINT', 'DOUBLE', 'BOOLEAN', 'JSON'");
  },
);

it.skipIf(!IS_THERE)(
  'Parquet of pyarrow and DuckDB is read here, types by ways of writing',
  { timeout: 120_000 },
  async () => {
    const folder = temporaryFolder();
    runPython(
      folder,
      `${randomTable(700)}
import itertools, duckdb, pyarrow.parquet as pq
columns['small'] = (some(lambda: random.randrange(-9, 9)), pa.int8())
columns['required'] = (some(integer, 0), pa.int64())
columns['map'] = (some(lambda: [(str(i), integer()) for i in range(random.randrange(3))]), pa.map_(pa.string(), pa.int64()))
table = made()
arrow_rows = table
expect(lambda row: {**row, 'map': None if row['map'] is None else dict(row['map'])})
for codec, version, dictionary, page in itertools.product(['none', 'snappy', 'gzip', 'brotli', 'zstd'], ['1.0', '2.0'], [True, False], [128, 2**20]):
    pq.write_table(table, f'arrow-{codec}-{version}-{dictionary}-{page}.parquet', compression=codec, data_page_version=version,
        use_dictionary=dictionary, data_page_size=page, write_batch_size=32, row_group_size=300)
for codec, version in itertools.product(['uncompressed', 'snappy', 'gzip', 'zstd', 'brotli'], ['v1', 'v2']):
    duckdb.sql(f"copy (select * from arrow_rows) to 'duck-{codec}-{version}.parquet' (format parquet, compression {codec}, parquet_version {version}, row_group_size 2048)")
`,
    );
    const expected = expectedRows(folder);
    const files = readdirSync(folder).filter((name) => name.endsWith('.parquet'));
    expect(files).toHaveLength(50);
    for (const name of files)
      expect([name, await rowsOfFile(join(folder, name))]).toEqual([name, expected]);
  },
);
