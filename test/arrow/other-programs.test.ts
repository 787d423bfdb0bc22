import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseExactJson } from '../../src/core/exact-json.ts';
import { exportResults } from '../../src/experiment/exports/index.ts';
import { readRows } from '../../src/io/datasets/index.ts';
import { pythonHas, runPython } from '../support/other-python.ts';
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
      `
import itertools, json, random, pyarrow as pa
random.seed(7)
N = 3000
def some(make, nulls=0.2):
    return [None if random.random() < nulls else make() for _ in range(N)]
def text():
    return ''.join(random.choice('aé🦜"\\n ') for _ in range(random.randrange(40)))
integer = lambda: random.randrange(-2**63, 2**63)
listed = lambda make: (lambda: [None if random.random() < 0.2 else make() for _ in range(random.randrange(4))])
columns = {
    'text': (some(text), pa.string()),
    'view': (some(text), pa.string_view()),
    'alike': (some(lambda: random.choice(['one', 'two'])), pa.string()),
    'integer': (some(integer), pa.int64()),
    'double': (some(random.random), pa.float64()),
    'truth': (some(lambda: random.random() < 0.5), pa.bool_()),
    'list': (some(listed(integer)), pa.list_(pa.int64())),
    'deep': (some(listed(listed(listed(text)))), pa.list_(pa.list_(pa.list_(pa.string())))),
    'struct': (some(lambda: {'a': listed(text)(), 'b': {'c': integer()}}), pa.struct([('a', pa.list_(pa.string())), ('b', pa.struct([('c', pa.int64())]))])),
}
table = pa.table({name: pa.array(values, kind) for name, (values, kind) in columns.items()})
table = table.append_column('word', table['alike'].dictionary_encode())
def plain(value):
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items() if v is not None}
    return [plain(v) for v in value] if isinstance(value, list) else value
with open('expected.jsonl', 'w') as out:
    for at in range(N):
        row = {name: values[at] for name, (values, _) in columns.items()}
        out.write(json.dumps(plain({**row, 'word': row['alike']})) + '\\n')
for packing, size, form in itertools.product([None, 'lz4', 'zstd'], [7, 1024, 10000], ['arrow', 'arrows']):
    open_writer = pa.ipc.new_file if form == 'arrow' else pa.ipc.new_stream
    with open_writer(f'{packing}-{size}.{form}', table.schema, options=pa.ipc.IpcWriteOptions(compression=packing)) as writer:
        writer.write_table(table, max_chunksize=size)
`,
    );
    const lines = readFileSync(join(folder, 'expected.jsonl'), 'utf8').trim().split('\n');
    const expected = lines.map((line) => JSON.stringify(parseExactJson(line)));
    const files = readdirSync(folder).filter((name) => /\.arrows?$/.test(name));
    expect(files).toHaveLength(18);
    for (const name of files) {
      expect([name, await linesOf(join(folder, name))]).toEqual([name, expected]);
    }
  },
);

/** Rows as JSON texts, so that no digit is lost. */
async function linesOf(path: string): Promise<string[]> {
  const lines: string[] = [];
  const batches = readRows(path, {
    name: path,
    isHeader: () => false,
    cellsOf: (columns) => (cells) => {
      const members = cells.flatMap((cell, at) => {
        if (cell === null) return [];
        const { name, isJson } = columns[at]!;
        return [`${JSON.stringify(name)}:${isJson ? cell : JSON.stringify(cell)}`];
      });
      return `{${members.join(',')}}`;
    },
  });
  for await (const rows of batches)
    for (const { text, problem } of rows) lines.push(problem ?? text);
  return lines;
}
