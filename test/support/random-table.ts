import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseExactJson } from '../../src/core/exact-json.ts';
import { readRows } from '../../src/io/datasets/index.ts';

/**
 * Python that makes columns of random values, and writes what is expected of them.
 *
 * @param rows how many
 */
export function randomTable(rows: number): string {
  return `
import json, random, pyarrow as pa
random.seed(7)
N = ${rows}
def some(make, nulls=0.2):
    return [None if random.random() < nulls else make() for _ in range(N)]
def text():
    return ''.join(random.choice('aé🦜"\\n ') for _ in range(random.randrange(40)))
integer = lambda: random.randrange(-2**63, 2**63)
listed = lambda make: (lambda: [None if random.random() < 0.2 else make() for _ in range(random.randrange(4))])
columns = {
    'text': (some(text), pa.string()),
    'integer': (some(integer), pa.int64()),
    'double': (some(random.random), pa.float64()),
    'truth': (some(lambda: random.random() < 0.5), pa.bool_()),
    'list': (some(listed(integer)), pa.list_(pa.int64())),
    'deep': (some(listed(listed(listed(text)))), pa.list_(pa.list_(pa.list_(pa.string())))),
    'struct': (some(lambda: {'a': listed(text)(), 'b': {'c': integer()}}), pa.struct([('a', pa.list_(pa.string())), ('b', pa.struct([('c', pa.int64())]))])),
}
def made():
    return pa.table({name: pa.array(values, kind) for name, (values, kind) in columns.items()})
def plain(value):
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items() if v is not None}
    return [plain(v) for v in value] if isinstance(value, list) else value
def expect(changed):
    with open('expected.jsonl', 'w') as out:
        for at in range(N):
            row = {name: values[at] for name, (values, _) in columns.items()}
            out.write(json.dumps(plain(changed(row))) + '\\n')
`;
}

/** The rows that Python expects, without its spaces. */
export function expectedRows(folder: string): readonly string[] {
  const lines = readFileSync(join(folder, 'expected.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.stringify(parseExactJson(line)));
}

/** Rows of a file as JSON texts, so that no digit is lost; of one that cannot be read what is wrong with it. */
export async function rowsOfFile(path: string): Promise<readonly string[]> {
  const found: string[] = [];
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
    for (const { text, problem } of rows) found.push(problem ?? text);
  return found;
}
