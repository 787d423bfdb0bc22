import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type SampleEngine, sampleEngine } from '../../../test/support/sample-engine.ts';
import { chatCompletion, startScriptedServer } from '../../../test/support/scripted-server.ts';
import { readRows, type StoredType } from '../../io/datasets/index.ts';
import { openTypedWriter } from '../../io/table-writers/index.ts';
import { prepareMap } from '../actions/map.ts';
import type { MapRequest } from './map-request.ts';

const DATE: StoredType = { kind: 'date', isLong: false };
const SMALL: StoredType = { kind: 'integer', bits: 8, isSigned: true };
const PRICE: StoredType = { kind: 'decimal', precision: 9, scale: 2, bits: 128 };
const DAYS: StoredType = { kind: 'list', item: DATE, size: null };
const TEXT: StoredType = { kind: 'text' };
const LONG: StoredType = { kind: 'integer', bits: 64, isSigned: true };
const TYPES = { text: TEXT, day: DATE, small: SMALL, price: PRICE, days: DAYS };

/** Writes a table of two rows, the second of which has nothing but a text. @param items JSON that both have, too */
async function typedFile(
  { write }: SampleEngine,
  name: string,
  items: string | null = null,
): Promise<string> {
  const path = write(name, '');
  const pieces: Buffer[] = [];
  const columns = Object.entries<StoredType>({
    ...TYPES,
    ...(items !== null && { items: { kind: 'json' } }),
  });
  const writer = await openTypedWriter(
    name.endsWith('.arrow') ? 'arrow' : 'parquet',
    columns.map(([column, type]) => ({ name: column, type })),
    async (bytes) => {
      pieces.push(Buffer.from(bytes));
    },
  );
  const more = items === null ? [] : [items];
  await writer.add(['a', 19_782, -7, 150n, [0, null], ...more]);
  await writer.add(['b', null, null, null, null, ...more]);
  await writer.end();
  writeFileSync(path, Buffer.concat(pieces));
  return path;
}

/** The columns of a file with their types, and its rows. */
async function contentOf(path: string) {
  const types: Record<string, StoredType | null> = {};
  const rows: string[] = [];
  const batches = readRows(path, {
    name: path,
    isHeader: () => false,
    cellsOf: () => (cells) => cells.map((cell) => cell ?? '-').join(' | '),
    onColumns: (columns) => {
      for (const { name, type } of columns) types[name] = type;
    },
  });
  for await (const lines of batches) rows.push(...lines.map(({ text }) => text));
  return { types, rows };
}

/** A map of an echo, unless the answers are said. */
async function asking(engine: SampleEngine, answer?: string) {
  const { url } = await startScriptedServer(({ body }) => {
    const text = JSON.parse(body).messages.at(-1).content;
    return { body: chatCompletion(answer ?? `<${text}>`) };
  });
  return (request: Pick<MapRequest, 'file'> & Partial<MapRequest>) =>
    prepareMap(engine.context, {
      ...{ models: [`${url}/v1#m`], prompt: '${text}', out: join(engine.folder, 'out') },
      ...request,
    });
}

/** Does a map, or makes its output again, and gives what that has. */
async function made(map: Awaited<ReturnType<typeof prepareMap>>) {
  const { output } = await ('finished' in map ? map.makeAgain() : map.execute());
  return contentOf(output!);
}

describe.each([
  ['parquet', 'parquet'],
  ['parquet', 'arrow'],
  ['arrow', 'parquet'],
  ['arrow', 'feather'],
])('a map from %s to %s', (from, to) => {
  const place = ({ folder }: SampleEngine) => join(folder, `made.${to}`);

  it('keeps the type of every column that it carries, and null', async () => {
    const engine = sampleEngine();
    const file = await typedFile(engine, `a.${from}`);
    const map = await asking(engine);
    const { types, rows } = await made(await map({ file, output: place(engine) }));
    expect(types).toEqual({ ...TYPES, output: TEXT });
    expect(rows).toEqual([
      'a | 2024-02-29 | -7 | 1.50 | ["1970-01-01",null] | <a>',
      'b | - | - | - | - | <b>',
    ]);
  });

  it('keeps it where nobody is asked', async () => {
    const engine = sampleEngine();
    const file = await typedFile(engine, `a.${from}`);
    const request = { file, output: place(engine), keep: 'text == "a"' };
    const { types, rows } = await made(await prepareMap(engine.context, request));
    expect(types).toEqual(TYPES);
    expect(rows).toEqual(['a | 2024-02-29 | -7 | 1.50 | ["1970-01-01",null]']);
  });
});

describe('a map of a typed table', () => {
  it('keeps the types where its output is made again, in another form', async () => {
    const engine = sampleEngine();
    const file = await typedFile(engine, 'a.arrow');
    const map = await asking(engine);
    await made(await map({ file }));
    const again = await map({ file, output: join(engine.folder, 'again.parquet') });
    expect('finished' in again).toBe(true);
    expect((await made(again)).types).toEqual({ ...TYPES, output: TEXT });
  });

  it('has the type of its answers in a column that takes the place of another', async () => {
    const engine = sampleEngine();
    const file = await typedFile(engine, 'a.parquet');
    const map = await asking(engine, '2024-02-29');
    const { types, rows } = await made(await map({ file, column: 'day', overwrite: true }));
    expect(types).toEqual({ ...TYPES, day: TEXT });
    expect(rows[1]).toBe('b | 2024-02-29 | - | - | -');
  });

  it('has the type of the values in a column of which objects take the place', async () => {
    const engine = sampleEngine();
    const items = JSON.stringify([{ small: 5, n: 1 }, { small: 6 }]);
    const file = await typedFile(engine, 'a.parquet', items);
    const output = join(engine.folder, 'made.parquet');
    const request = { file, output, explode: 'items', overwrite: true, keep: 'text == "a"' };
    const { types, rows } = await made(await prepareMap(engine.context, request));
    expect(types).toEqual({ ...TYPES, small: LONG, n: LONG });
    expect(rows).toEqual([
      'a | 2024-02-29 | 5 | 1.50 | ["1970-01-01",null] | 1',
      'a | 2024-02-29 | 6 | 1.50 | ["1970-01-01",null] | -',
    ]);
  });

  it('has texts, as before, in forms that have no types', async () => {
    const engine = sampleEngine();
    const file = await typedFile(engine, 'a.parquet');
    const output = join(engine.folder, 'made.jsonl');
    const map = await prepareMap(engine.context, { file, output, keep: 'text == "a"' });
    if ('finished' in map) await map.makeAgain();
    expect(readFileSync(output, 'utf8')).toBe(
      '{"text":"a","day":"2024-02-29","small":-7,"price":"1.50","days":["1970-01-01",null]}\n',
    );
  });
});
