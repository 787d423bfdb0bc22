import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FileMetaData, parquetMetadata } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { writeMetadata } from 'hyparquet-writer/src/metadata.js';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../core/seeded-random.ts';
import { openParquet } from './read-parquet.ts';

const FIXTURES = join(import.meta.dirname, '../../../test/parquet/fixtures');

type Mutable = { -readonly [K in keyof FileMetaData]: FileMetaData[K] } & {
  row_groups: { columns: { meta_data: Record<string, unknown> }[] }[];
};

/** Reads rows as texts. */
async function read(bytes: Uint8Array): Promise<string[]> {
  async function* once() {
    yield Buffer.from(bytes);
  }
  const { batches } = await openParquet(once(), 'x');
  const found: string[] = [];
  for await (const rows of batches) {
    for (const { cells, problem } of rows) found.push(problem ?? JSON.stringify(cells));
  }
  return found;
}

/** Writes a table of one column of numbers, 1 to 3. */
function table(options: { codec?: 'UNCOMPRESSED' | 'SNAPPY' } = {}): Buffer {
  const writer = new ByteWriter();
  const schema = [
    { name: 'root', num_children: 1 },
    { name: 'n', type: 'INT32' as const, repetition_type: 'OPTIONAL' as const },
  ];
  const parquet = new ParquetWriter({ writer, schema, codec: options.codec ?? 'UNCOMPRESSED' });
  parquet.write({ columnData: [{ name: 'n', data: [1, 2, 3] }] });
  parquet.finish();
  return Buffer.from(writer.getBytes());
}

/** The same with a footer that says something else. */
function lying(change: (metadata: Mutable) => void, file = table()): Buffer {
  const metadata = parquetMetadata(file) as Mutable;
  const footerLength = file.readUInt32LE(file.length - 8);
  change(metadata);
  return withFooter(file.subarray(0, -8 - footerLength), metadata);
}

function withFooter(body: Uint8Array, metadata: FileMetaData): Buffer {
  const writer = new ByteWriter();
  writer.appendBytes(body);
  const { metadata_length: _, ...rest } = metadata;
  writeMetadata(writer, rest as FileMetaData);
  writer.appendUint32(0x31524150);
  return Buffer.from(writer.getBytes());
}

/** A file whose footer is these bytes. */
function raw(footer: Buffer): Buffer {
  const end = Buffer.alloc(8);
  end.writeUInt32LE(footer.length);
  end.write('PAR1', 4);
  return Buffer.concat([Buffer.from('PAR1'), footer, end]);
}

/** A file with one page in its only column. */
function onePage(header: object, page: Buffer, rows: number, codec = 'UNCOMPRESSED'): Buffer {
  const writer = new ByteWriter();
  writer.appendBytes(Buffer.from('PAR1'));
  writePageHeader(writer, { compressed_page_size: page.length, ...header } as never);
  writer.appendBytes(page);
  const length = BigInt(writer.offset - 4);
  const metadata = parquetMetadata(table()) as Mutable;
  const group = metadata.row_groups[0]!;
  Object.assign(group, { num_rows: BigInt(rows), total_byte_size: length });
  Object.assign(group.columns[0]!.meta_data, {
    ...{ codec, num_values: BigInt(rows), data_page_offset: 4n, statistics: undefined },
    ...{ total_compressed_size: length, total_uncompressed_size: length },
  });
  return withFooter(writer.getBytes(), metadata);
}

function dataPage(values: number, encoding = 'PLAIN') {
  return {
    type: 'DATA_PAGE',
    data_page_header: {
      ...{ num_values: values, encoding },
      ...{ definition_level_encoding: 'RLE', repetition_level_encoding: 'RLE' },
    },
  };
}

const chunk = (metadata: Mutable) => metadata.row_groups[0]!.columns[0]!.meta_data;

describe('a footer that lies', () => {
  it('is as good as its file before that', async () => {
    expect(await read(lying(() => {}))).toEqual(['["1"]', '["2"]', '["3"]']);
  });

  it('is refused for groups of rows above 512 MB, with the line that rewrites them', async () => {
    const large = { message: 'x has a group of rows (number 1) of 600 MB, which is more than 512' };
    const hint = expect.stringContaining('row_group_size=5000');
    const size = 600n * 1024n * 1024n;
    const group = lying((metadata) => {
      metadata.row_groups[0]!.total_byte_size = size;
    });
    await expect(read(group)).rejects.toMatchObject({ ...large, hint });
    const column = lying((metadata) => {
      chunk(metadata).total_uncompressed_size = size;
    });
    await expect(read(column)).rejects.toMatchObject({ ...large, hint });
  });

  it.each<[string, (metadata: Mutable) => void, string]>([
    [
      'more rows',
      (m) => Object.assign(m.row_groups[0]!, { num_rows: 2n ** 40n }),
      'too few values',
    ],
    ['fewer rows', (m) => Object.assign(m.row_groups[0]!, { num_rows: 2n }), 'too many values'],
    ['more values', (m) => Object.assign(chunk(m), { num_values: 2n ** 40n }), 'too few values'],
    ['fewer values', (m) => Object.assign(chunk(m), { num_values: 2n }), 'too many values'],
    [
      'rows below zero',
      (m) => Object.assign(m.row_groups[0]!, { num_rows: -1n }),
      'less than none',
    ],
    [
      'a place beyond it',
      (m) => Object.assign(chunk(m), { data_page_offset: 2n ** 40n }),
      'outside',
    ],
    ['a place before it', (m) => Object.assign(chunk(m), { data_page_offset: -9n }), 'outside'],
    [
      'too many bytes',
      (m) => Object.assign(chunk(m), { total_compressed_size: 2n ** 50n }),
      'outside',
    ],
    ['no number', (m) => Object.assign(chunk(m), { num_values: 2n ** 62n }), 'too large'],
    ['no columns', (m) => m.row_groups[0]!.columns.pop(), 'lacks columns'],
    [
      'other columns',
      (m) => m.row_groups[0]!.columns.push(m.row_groups[0]!.columns[0]!),
      'too many',
    ],
    [
      'another file',
      (m) => Object.assign(m.row_groups[0]!.columns[0]!, { file_path: '/etc/passwd' }),
      'other files',
    ],
  ])('is refused where it names %s', async (_, change, message) => {
    await expect(read(lying(change))).rejects.toThrow(message);
  });

  it('makes nothing by the lengths in it, however deep they lie', async () => {
    // A list of 2^32 - 1 structures, as the schema, and as what nobody knows.
    for (const field of [0x29, 0xf9]) {
      const bomb = Buffer.from([field, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x0f]);
      await expect(read(raw(bomb))).rejects.toThrow('a list is longer than the file');
    }
    await expect(read(raw(Buffer.alloc(1_000_000, 0x1c)))).rejects.toThrow('over 64 deep');
    await expect(read(raw(Buffer.alloc(1_000_000, 0x19)))).rejects.toThrow('over 64 deep');
    await expect(read(raw(Buffer.alloc(1_000_000, 0xff)))).rejects.toThrow('damaged');
    const text = Buffer.from([0x18, 0xff, 0xff, 0xff, 0xff, 0x07]);
    await expect(read(raw(text))).rejects.toThrow('end too soon');
    const lengthBomb = Buffer.from('PAR1\xff\xff\xff\xffPAR1', 'latin1');
    await expect(read(lengthBomb)).rejects.toThrow('its footer is longer than the file');
  });
});

describe('a page that lies', () => {
  it('is refused for a length that its bytes cannot come to, before there is room for it', async () => {
    const before = process.memoryUsage().arrayBuffers;
    for (const codec of ['SNAPPY', 'GZIP', 'BROTLI', 'ZSTD', 'UNCOMPRESSED']) {
      const header = { ...dataPage(3), uncompressed_page_size: 200 * 1024 * 1024 };
      const file = onePage(header, Buffer.alloc(64, 7), 3, codec);
      await expect(read(file)).rejects.toThrow(/a page (?:cannot be unpacked|is not as long)/);
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
    const longer = onePage(
      { ...dataPage(3), uncompressed_page_size: 2 ** 31 - 1 },
      Buffer.alloc(9),
      3,
    );
    await expect(read(longer)).rejects.toThrow('a page of more than 256 MB');
    const negative = onePage({ ...dataPage(3), uncompressed_page_size: -5 }, Buffer.alloc(9), 3);
    await expect(read(negative)).rejects.toThrow('below zero');
  });

  it('has runs of any length without taking memory for them', async () => {
    // Levels: a run of 2^30 nulls, of which three rows are taken.
    const levels = Buffer.from([6, 0, 0, 0, 0x80, 0x80, 0x80, 0x80, 0x08, 0]);
    const header = { ...dataPage(3), uncompressed_page_size: levels.length };
    expect(await read(onePage(header, levels, 3))).toEqual(['[null]', '[null]', '[null]']);
  });

  it('is refused where values, levels or dictionaries are missing', async () => {
    const page = (bytes: number[], encoding?: string) =>
      onePage(
        { ...dataPage(3, encoding), uncompressed_page_size: bytes.length },
        Buffer.from(bytes),
        3,
      );
    const present = [2, 0, 0, 0, 6, 1];
    await expect(read(page(present))).rejects.toThrow('end too soon');
    await expect(read(page([...present, 1, 0, 0, 0]))).rejects.toThrow('end too soon');
    await expect(read(page([0xff, 0xff, 0xff, 0xff]))).rejects.toThrow('damaged');
    await expect(read(page([2, 0, 0, 0, 6, 3]))).rejects.toThrow('a level is higher');
    await expect(read(page([...present, 1, 6, 0], 'RLE_DICTIONARY'))).rejects.toThrow(
      'its dictionary',
    );
    await expect(read(page([...present, 0, 0, 0, 0], 'DELTA_BINARY_PACKED'))).rejects.toThrow(
      'no size',
    );
    const huge = [...present, 0x80, 0x80, 0x80, 0x80, 0x08, 0x80, 0x80, 0x80, 0x08, 3, 0];
    await expect(read(page(huge, 'DELTA_BINARY_PACKED'))).rejects.toThrow('no size');
  });
});

describe('a value that lies', () => {
  it('is a problem of its row alone', async () => {
    const writer = new ByteWriter();
    const schema = [
      { name: 'root', num_children: 2 },
      { name: 't', type: 'BYTE_ARRAY' as const, converted_type: 'UTF8' as const },
      { name: 'j', type: 'BYTE_ARRAY' as const, logical_type: { type: 'JSON' as const } },
    ];
    const parquet = new ParquetWriter({ writer, schema });
    const texts = [Buffer.from([0xff]), Buffer.from('a'), Buffer.from('b'), Buffer.from('c')];
    const json = ['1', '{', '['.repeat(5_000), '{"a":1.0}'].map((text) => Buffer.from(text));
    const columnData = [
      { name: 't', data: texts },
      { name: 'j', data: json },
    ];
    parquet.write({ columnData });
    parquet.finish();
    expect(await read(writer.getBytes())).toEqual([
      'has a value in the column "t" that is not valid UTF-8',
      'has a value in the column "j" that is not JSON',
      'has a value in the column "j" that is not JSON',
      '["c","{\\"a\\":1.0}"]',
    ]);
  });
});

describe('a Parquet file with bytes that are not its own', () => {
  it('gives rows or is refused, wherever they are', async () => {
    const names = readdirSync(FIXTURES).filter((name) => !name.startsWith('encodings'));
    const random = seededRandom(7);
    const upTo = (limit: number) => Math.floor(random() * limit);
    for (let turn = 0; turn < 400; turn++) {
      const whole = readFileSync(join(FIXTURES, names[upTo(names.length)]!));
      const bytes = whole.subarray(0, turn % 10 === 0 ? upTo(whole.length) : whole.length);
      for (let count = upTo(4); count > 0 && bytes.length > 0; count--) {
        bytes[upTo(bytes.length)] = [0, 0x7f, 0xff, upTo(256)][upTo(4)]!;
      }
      const error = await read(bytes).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      if (error !== null) expect(error).toMatchObject({ name: 'TuttiError', code: 'bad_input' });
    }
  });
});
