import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exportResults } from '../../src/experiment/exports/index.ts';
import { pythonHas, runPython } from '../support/other-python.ts';
import { expectedRows, randomTable, rowsOfFile } from '../support/random-table.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const IS_THERE = pythonHas('pyarrow', 'pandas');

const ROWS = Array.from({ length: 12_000 }, (_, i) => ({
  id: i,
  prompt: i % 3 === 0 ? `🦜 ${i}\n"` : '',
  large: i % 2 === 0 ? null : i,
  score: i / 4,
  yes: i % 5 === 0,
  mixed: i % 2 === 0 ? [i, { a: null }] : `text ${i}`,
}));

it.skipIf(!IS_THERE)(
  'Arrow written here is read by pyarrow and pandas, value by value',
  { timeout: 120_000 },
  async () => {
    const folder = temporaryFolder();
    const input = join(folder, 'rows.jsonl');
    writeFileSync(input, ROWS.map((row) => JSON.stringify(row)).join('\n'));
    await exportResults({ input, output: join(folder, 'rows.arrow'), format: 'arrow' });
    const printed = runPython(
      folder,
      `
import json, pyarrow as pa, pandas as pd
rows = [json.loads(line) for line in open('rows.jsonl')]
file = pa.ipc.open_file('rows.arrow')
print(file.num_record_batches, max(file.get_batch(i).num_rows for i in range(file.num_record_batches)))
table = file.read_all()
print([str(field.type) for field in table.schema])
assert [{**row, 'mixed': json.loads(row['mixed'])} for row in table.to_pylist()] == rows
frame = pd.read_feather('rows.arrow')
assert frame['prompt'].tolist() == [row['prompt'] for row in rows]
assert frame['score'].sum() == sum(row['score'] for row in rows)
with open('rows.arrow', 'rb') as stream:
    stream.read(8)
    assert pa.ipc.open_stream(stream).read_all().num_rows == len(rows)
`,
    );
    expect(printed.trim().split('\n')).toEqual([
      '3 5000',
      "['int64', 'string', 'int64', 'double', 'bool', 'extension<arrow.json>']",
    ]);
  },
);

it.skipIf(!IS_THERE)(
  'Arrow of pyarrow is read here, types by ways of packing',
  { timeout: 120_000 },
  async () => {
    const folder = temporaryFolder();
    runPython(
      folder,
      `${randomTable(3000)}
import itertools
columns['view'] = (some(text), pa.string_view())
columns['alike'] = (some(lambda: random.choice(['one', 'two'])), pa.string())
table = made()
table = table.append_column('word', table['alike'].dictionary_encode())
expect(lambda row: {**row, 'word': row['alike']})
for packing, size, form in itertools.product([None, 'lz4', 'zstd'], [7, 1024, 10000], ['arrow', 'arrows']):
    open_writer = pa.ipc.new_file if form == 'arrow' else pa.ipc.new_stream
    with open_writer(f'{packing}-{size}.{form}', table.schema, options=pa.ipc.IpcWriteOptions(compression=packing)) as writer:
        writer.write_table(table, max_chunksize=size)
`,
    );
    const expected = expectedRows(folder);
    const files = readdirSync(folder).filter((name) => /\.arrows?$/.test(name));
    expect(files).toHaveLength(18);
    for (const name of files) {
      expect([name, await rowsOfFile(join(folder, name))]).toEqual([name, expected]);
    }
  },
);
