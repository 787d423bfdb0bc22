import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Dictionary,
  Field,
  Int32,
  List,
  Table,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { describe, expect, it, vi } from 'vitest';
import { parseExactJson } from '../../core/exact-json.ts';
import { openParquet } from '../parquet/index.ts';
import type { TypedRow } from '../typed-table.ts';
import { openArrowRows } from './open-arrow-rows.ts';

const FOLDER = join(import.meta.dirname, '../../../test');

type Cells = Readonly<Record<string, string | null>>;

function bytesOf(name: string): Buffer {
  return readFileSync(join(FOLDER, 'arrow/fixtures', name));
}

async function* pieces(bytes: Buffer, cut: number): AsyncGenerator<Buffer, void> {
  // The memory of a piece is used again, as a file's is.
  const piece = Buffer.alloc(cut);
  for (let at = 0; at < bytes.length; at += cut) yield piece.subarray(0, bytes.copy(piece, 0, at));
}

/** Rows as their cells by name, and which columns are texts. */
async function read(bytes: Buffer, cut = 1000): Promise<{ rows: Cells[]; texts: string[] }> {
  const { columns, batches } = await openArrowRows(pieces(bytes, cut), 'file');
  const rows: Cells[] = [];
  for await (const batch of batches) {
    for (const { number, cells, problem } of batch) {
      expect({ number, problem }).toEqual({ number: rows.length + 1, problem: null });
      rows.push(Object.fromEntries(columns.map((column, at) => [column.name, cells[at]!])));
    }
  }
  return { rows, texts: columns.filter(({ isText }) => isText).map(({ name }) => name) };
}

async function parquetRows(): Promise<{ rows: Cells[]; texts: string[] }> {
  const path = join(FOLDER, 'parquet/fixtures/types-none-v1.parquet');
  const { columns, batches } = await openParquet(path, path);
  const rows: Cells[] = [];
  for await (const batch of batches) {
    for (const { cells } of batch) {
      rows.push(Object.fromEntries(columns.map((column, at) => [column.name, cells[at]!])));
    }
  }
  return { rows, texts: columns.filter(({ isText }) => isText).map(({ name }) => name) };
}

describe('an Arrow file', () => {
  it('hands on rows that are long a few at a time, however little of the file they are', async () => {
    const texts = Array.from({ length: 900 }, () => 'x'.repeat(100_000));
    const text = vectorFromArray(texts, new Dictionary(new Utf8(), new Int32()));
    const bytes = Buffer.from(tableToIPC(new Table({ text }), 'stream'));
    expect(bytes.length).toBeLessThan(200_000);
    const { batches } = await openArrowRows(pieces(bytes, 65_536), 'file');
    const lengths: number[] = [];
    for await (const batch of batches) lengths.push(batch.length);
    expect(lengths).toEqual(Array.from({ length: 300 }, () => 3));
  });

  it('may have rows of 64 MB, counted once, whatever lies within what', async () => {
    const lengthsOf = async (long: number) => {
      const text = vectorFromArray(['x'.repeat(long)], new Utf8());
      const list = new List(Field.new('item', new Utf8(), true));
      const lists = vectorFromArray([['y'.repeat(20_000_000)]], list);
      const bytes = Buffer.from(tableToIPC(new Table({ text, lists }), 'stream'));
      const { batches } = await openArrowRows(pieces(bytes, 1_000_000), 'file');
      const { value } = await batches.next();
      return (value as readonly TypedRow[])[0]!.cells.map((cell) => cell!.length);
    };
    expect(await lengthsOf(40_000_000)).toEqual([40_000_000, 20_000_004]);
    await expect(lengthsOf(50_000_000)).rejects.toThrow('has a row of more than 64 MB');
  });

  it.each(['types.arrow', 'types-lz4.arrow', 'types-zstd.arrow', 'types.arrows'])(
    'has the rows that the same table in Parquet has: %s',
    async (name) => {
      expect(await read(bytesOf(name))).toEqual(await parquetRows());
      expect((await read(bytesOf(name), 13)).rows).toHaveLength(3);
    },
  );

  it('is read with the types that Parquet does not have', async () => {
    const { rows, texts } = await read(bytesOf('only-arrow.arrow'));
    expect(rows).toEqual([
      {
        ...{ view: 'short', fixed: '[1,2]', larges: '["a"]', seconds: '00:00:01' },
        ...{ days: '1970-01-01', span: '5', tiny: '127', words: 'x', numbers: '7' },
      },
      {
        view: 'longer than the twelve bytes that are inline',
        ...{ fixed: null, larges: '[]', seconds: null, days: '1970-01-02', span: null },
        ...{ tiny: '-128', words: null, numbers: '1152921504606846976' },
      },
      {
        ...{ view: null, fixed: '[3,null]', larges: null, seconds: '23:59:59', days: null },
        ...{ span: '-1', tiny: null, words: 'y', numbers: null },
      },
    ]);
    expect(texts).toEqual(['view', 'seconds', 'days', 'words']);
  });

  it('is read with dictionaries that grow, without rows, and as Feather', async () => {
    const { rows } = await read(bytesOf('deltas.arrows'));
    expect(rows.map(({ c }) => c)).toEqual(['a', 'a', 'b', 'a', 'c', 'a']);
    expect((await read(bytesOf('no-rows.arrow'))).rows).toEqual([]);
    const feather = await read(bytesOf('rows.feather'));
    expect(feather.rows).toHaveLength(20);
    expect(feather.rows[7]).toEqual({ id: '7', prompt: 'question 7 ünï'.repeat(3) });
  });

  it("is read as Arrow's JavaScript writes it: with its schema at the end only", async () => {
    const { tableFromArrays, tableToIPC } = await import('apache-arrow');
    const table = tableFromArrays({ id: Int32Array.from([1, 2]), text: ['a', 'ü'] });
    const expected = [
      { id: '1', text: 'a' },
      { id: '2', text: 'ü' },
    ];
    for (const form of ['file', 'stream'] as const) {
      const bytes = Buffer.from(tableToIPC(table, form));
      expect((await read(bytes, 10)).rows).toEqual(expected);
      await expect(read(bytes.subarray(0, -20))).rejects.toMatchObject({ code: 'bad_input' });
    }
  });

  it('is read as Polars writes it, without the marks of its first message: by what its end says', async () => {
    const { rows } = await read(bytesOf('polars.arrow'), 100);
    expect(rows).toEqual(['a', 'b', 'c'].map((q, at) => ({ id: String(at + 1), q })));
    for (const name of ['types.arrow', 'rows.feather', 'no-rows.arrow']) {
      const bytes = bytesOf(name);
      const expected = await read(bytes);
      expect(await read(Buffer.concat([bytes]).fill(0, 8, 16))).toEqual(expected);
    }
    const torn = bytesOf('polars.arrow');
    const batch = torn.indexOf(Buffer.from([255, 255, 255, 255]), 64);
    await expect(read(torn.fill(0, batch, batch + 8))).rejects.toMatchObject({ code: 'bad_input' });
  });

  it('is a table in memory with the same values, whole or a part of it', async () => {
    const { tableFromIPC } = await import('apache-arrow');
    const { arrowTableRows } = await import('./index.ts');
    const table = tableFromIPC(bytesOf('types.arrow'));
    const plain = ({ rows, texts }: Awaited<ReturnType<typeof read>>) =>
      rows.map((row) => {
        const cells = Object.entries(row).map(([name, cell]) => [
          name,
          cell === null ? null : texts.includes(name) ? cell : parseExactJson(cell),
        ]);
        return JSON.parse(JSON.stringify(Object.fromEntries(cells)));
      });
    const expected = plain(await read(bytesOf('types.arrow')));
    const whole = [];
    for await (const row of arrowTableRows(table)) whole.push(JSON.parse(JSON.stringify(row)));
    expect(whole).toEqual(expected);
    const part = [];
    for await (const row of arrowTableRows(table.slice(1, 3))) {
      part.push(JSON.parse(JSON.stringify(row)));
    }
    expect(part).toEqual(expected.slice(1));
    const [first] = whole;
    expect(first.id).toBe(1);
  });

  it('has each of its dictionaries loaded once, however many batches follow', async () => {
    const { RecordBatchReader } = await import('apache-arrow');
    const from = vi.spyOn(RecordBatchReader, 'from');
    try {
      await read(bytesOf('deltas.arrows'));
      const batches = from.mock.calls
        .map(([pieces]) => pieces as unknown as Uint8Array[])
        .filter(({ length }) => length > 1);
      const loaded = batches.flatMap(([_schema, _noBody, ...messages]) => messages);
      expect(batches.length).toBeGreaterThan(2);
      expect(new Set(loaded).size).toBe(loaded.length);
    } finally {
      from.mockRestore();
    }
  });

  it('is refused where a dictionary says that a value is longer than all of it', async () => {
    const { tableFromArrays, tableToIPC } = await import('apache-arrow');
    const bytes = Buffer.from(tableToIPC(tableFromArrays({ word: ['aaaa', 'bbbb'] }), 'stream'));
    const places = bytes.indexOf(Buffer.from(Int32Array.of(0, 4, 8).buffer));
    bytes.writeInt32LE(1_000_000, places + 8);
    await expect(read(bytes)).rejects.toThrow('a value lies outside of it');
  });

  it('lets go of what it is read from, however reading it ends', async () => {
    let open = 0;
    async function* source(name: string) {
      open++;
      try {
        yield bytesOf(name);
        yield Buffer.from('what a stream has behind its end');
      } finally {
        open--;
      }
    }
    const { batches } = await openArrowRows(source('types.arrows'), 'file');
    for await (const _ of batches);
    await expect(openArrowRows(source('binary.arrow'), 'file')).rejects.toThrow('is binary');
    const left = await openArrowRows(source('rows.feather'), 'file');
    for await (const _ of left.batches) break;
    expect(open).toBe(0);
  });

  it('is refused with all columns that cannot be read', async () => {
    await expect(read(bytesOf('binary.arrow'))).rejects.toMatchObject({
      code: 'bad_input',
      message:
        'file has a column "b" that is binary; it has a column "u" that is binary; it has a column "s.a" that is binary',
    });
    await expect(read(bytesOf('same-name.arrow'))).rejects.toThrow('more than one column "a"');
  });

  it('is refused wherever it is cut off', async () => {
    for (const name of ['types.arrow', 'types-zstd.arrow', 'rows.feather']) {
      const bytes = bytesOf(name);
      for (let length = 8; length < bytes.length; length += 97) {
        await expect(read(bytes.subarray(0, length), 4096)).rejects.toMatchObject({
          code: 'bad_input',
        });
      }
    }
  });

  it('is read, or refused, with any of its bytes changed, and never takes memory for a claim', async () => {
    const before = process.memoryUsage().rss;
    for (const name of ['types.arrow', 'only-arrow.arrow', 'rows.feather']) {
      const whole = bytesOf(name);
      for (let at = 8; at < whole.length; at += 11) {
        for (const value of [0, 0x7f, 0xff]) {
          const bytes = Buffer.from(whole);
          bytes[at] = value;
          const outcome = await readAnyhow(bytes);
          if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'bad_input' });
        }
      }
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(1024 * 1024 * 1024);
  }, 60_000);
});

async function readAnyhow(bytes: Buffer): Promise<unknown> {
  try {
    const { batches } = await openArrowRows(pieces(bytes, 65_536), 'file');
    let rows = 0;
    for await (const batch of batches) {
      rows += batch.length;
      if (rows > 10_000) break;
    }
    return rows;
  } catch (error) {
    return error;
  }
}
