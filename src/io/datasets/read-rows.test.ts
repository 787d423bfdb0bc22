import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { type FileLayer, nodeFiles } from '../file-layer.ts';
import { openBytes, openRows } from './open-bytes.ts';
import { readRows } from './read-rows.ts';

interface Found {
  readonly rows: readonly unknown[];
  readonly numbers: readonly number[];
  readonly problems: readonly (string | null)[];
  readonly text: string;
}

/** Reads rows as lists of their cells. */
async function read(content: string | Buffer, name = 'table.csv', cut = 7): Promise<Found> {
  const bytes = Buffer.from(content);
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += cut) pieces.push(bytes.subarray(at, at + cut));
  const lines = [];
  const copied: Buffer[] = [];
  const batches = readRows(Readable.from(pieces, { objectMode: false }), {
    name,
    isHeader: (cells) => cells.includes('prompt'),
    cellsOf: () => (cells) => JSON.stringify([null, cells.map((cell) => cell ?? '')]),
    textOf: (line) => JSON.stringify([['prompt'], [line]]),
    tee: (piece) => void copied.push(Buffer.from(piece)),
  });
  for await (const batch of batches) lines.push(...batch);
  const good = lines.filter(({ problem }) => problem === null);
  const all = Buffer.concat(copied);
  for (const { offset, length, text } of good) {
    expect(all.toString('utf8', offset, offset + length)).toBe(text);
  }
  return {
    rows: good.flatMap(({ text }) => (text === '' ? [] : [JSON.parse(text)[1]])),
    numbers: lines.map(({ number }) => number),
    problems: lines.map(({ problem }) => problem),
    text: all.toString(),
  };
}

describe('readRows', () => {
  it('reads cells as they are written: spaces, quotation marks, line ends, digits', async () => {
    const text = 'id,prompt\r\n007, a \r\n"3.0","say ""hi"",\r\nnow"\r\nNaN,[1] "x"\r\n,🦜é';
    const { rows, numbers } = await read(text);
    expect(rows).toEqual([
      ['007', ' a '],
      ['3.0', 'say "hi",\r\nnow'],
      ['NaN', '[1] "x"'],
      ['', '🦜é'],
    ]);
    expect(numbers).toEqual([2, 3, 5, 6]);
  });

  it('passes over columns without a name, which spreadsheets write behind the others', async () => {
    const { rows, problems } = await read('id,prompt,,\n1,a,,\n2,b,x,\n3,c,,\n');
    expect(rows).toEqual([
      ['1', 'a'],
      ['3', 'c'],
    ]);
    expect(problems).toEqual([null, 'has a cell in a column without a name', null]);
    expect((await read('prompt,\na,b')).rows).toEqual([['a', 'b']]);
  });

  it('refuses a table whose lines end in carriage returns alone', async () => {
    await expect(read('id,prompt\r1,a\r2,b\r')).rejects.toThrow(
      'table.csv is one line: its lines end in carriage returns alone',
    );
    expect((await read('"id\r",prompt\n1,a')).rows).toEqual([['1', 'a']]);
  });

  it('takes the delimiter from the header: comma, semicolon, tab, or what Excel names', async () => {
    for (const mark of [',', ';', '\t']) {
      expect((await read(`id${mark}prompt\n1${mark}a`)).rows).toEqual([['1', 'a']]);
    }
    expect((await read('sep=;\nid;prompt,or;c\n1;2;3')).rows).toEqual([['1', '2', '3']]);
    expect((await read('id\tprompt,a\n1\t2', 'table.tsv')).rows).toEqual([['1', '2']]);
  });

  it('knows a table without an extension by its header, and unpacks gzip', async () => {
    const csv = '\uFEFFid;prompt\n1;a\n';
    for (const name of ['standard input', 'table.csv.gz']) {
      expect((await read(gzipSync(csv), name)).rows).toEqual([['1', 'a']]);
      expect((await read(csv, name)).rows).toEqual([['1', 'a']]);
    }
    const { text } = await read(gzipSync('{"prompt":"x,y"}\n\n'), 'standard input');
    expect(text).toBe('{"prompt":"x,y"}\n\n');
  });

  it('reads a line of a .txt file as one cell, blank lines passed over', async () => {
    const { rows, numbers } = await read('\uFEFF Why, id? \r\n\n{x}\n "a" ', 'prompts.txt');
    expect(rows).toEqual([[' Why, id? '], ['{x}'], [' "a" ']]);
    expect(numbers).toEqual([1, 3, 4]);
    expect((await read(gzipSync('a\n'), 'prompts.TXT.gz')).rows).toEqual([['a']]);
    expect((await read('NaN', 'prompts.txt')).rows).toEqual([['NaN']]);
  });

  it('still reads a .txt file of JSON lines, or of columns, as such', async () => {
    expect((await read('\n{"prompt":"a"}\n', 'prompts.txt')).text).toBe('\n{"prompt":"a"}\n');
    expect((await read('id,prompt\n1,a', 'prompts.txt')).rows).toEqual([['1', 'a']]);
  });

  it('tells of rows that are too short or too long, or not UTF-8, and goes on', async () => {
    const bad = Buffer.concat([Buffer.from('a,b\n1\n1,2,3\n\n4,'), Buffer.from([0xff, 0x0a])]);
    const { rows, numbers, problems } = await read(Buffer.concat([bad, Buffer.from('5,6')]));
    expect(rows).toEqual([['5', '6']]);
    expect(numbers).toEqual([2, 3, 5, 6]);
    expect(problems).toEqual([
      'has 1 cell where the header has 2',
      'has 3 cells where the header has 2',
      'is not valid UTF-8',
      null,
    ]);
  });

  it('refuses an open quotation mark where it opened, however much comes behind it', async () => {
    const start = 'a,b\n1,2\n"x\ny",3\n"fine\n","open\n';
    const hint = expect.objectContaining({
      code: 'bad_input',
      message: 'table.csv, line 6: a quotation mark is never closed',
    });
    await expect(read(start)).rejects.toEqual(hint);
    const long = Buffer.concat([Buffer.from(start), Buffer.alloc(66 * 1024 * 1024, 'a,b\n')]);
    await expect(read(long, 'table.csv', 1024 * 1024)).rejects.toEqual(hint);
    await expect(read('a,b\n1,2\n"x" y,3\n')).rejects.toThrow('line 3: a quotation mark closes');
  });

  it('tells of rows that are wrong before an open quotation mark, too', async () => {
    await expect(read('a,b\n1\n1,2\n1,2,3\n5,"6\n')).rejects.toMatchObject({
      message: [
        'table.csv, line 2: the line has 1 cell where the header has 2',
        'table.csv, line 4: the line has 3 cells where the header has 2',
        'table.csv, line 5: a quotation mark is never closed',
      ].join('\n'),
    });
  });

  it('refuses two columns of one name', async () => {
    await expect(read('a,b,a,c,b\n1,2,3,4,5')).rejects.toThrow(
      'table.csv, line 1: more than one column is called "a", "b"',
    );
  });

  it('takes no longer than it must for very many columns, and names some of those that are there twice', async () => {
    const names = Array.from({ length: 150_000 }, (_, at) => `c${at}`).join('\t');
    const startMs = performance.now();
    const { rows } = await read(`prompt\t${names}\n`, 'wide.tsv', 1_000_000);
    expect(rows).toEqual([]);
    const twice = read(`prompt\t${names}\t${names}\n`, 'wide.tsv', 1_000_000);
    await expect(twice).rejects.toMatchObject({
      message: expect.stringMatching(/"c9", … \(150000 names in all\)$/),
    });
    expect(performance.now() - startMs).toBeLessThan(5_000);
  });

  it('reads a cell of ten megabytes, and a header without rows', async () => {
    const long = `${'x'.repeat(5_000_000)}""${'\n'.repeat(5_000_000)}`;
    const { rows } = await read(`a,b\n1,"${long}"\n`, 'table.csv', 100_000);
    expect(rows).toEqual([['1', long.replace('""', '"')]]);
    expect(await read('a,b\n')).toMatchObject({ rows: [], text: '' });
  });

  it('reads a file by its path', async () => {
    const path = join(temporaryFolder(), 'table.csv');
    writeFileSync(path, 'a,prompt\n1,2\n');
    const texts: string[] = [];
    const cellsOf = () => (cells: readonly (string | null)[]) => JSON.stringify(cells);
    for await (const lines of readRows(path, { name: path, isHeader: () => false, cellsOf })) {
      texts.push(...lines.map(({ text }) => text));
    }
    expect(texts).toEqual(['["1","2"]']);
  });

  it('reads a Parquet file through a pipe, and names a folder', async () => {
    const cellsOf = () => (cells: readonly (string | null)[]) => JSON.stringify(cells);
    const lines = async (path: string) => {
      const found = [];
      for await (const batch of readRows(path, { name: path, isHeader: () => false, cellsOf })) {
        found.push(...batch.map(({ number, text }) => [number, text]));
      }
      return found;
    };
    const folder = temporaryFolder();
    const pipe = join(folder, 'rows.parquet');
    spawnSync('/usr/bin/mkfifo', [pipe]);
    const bytes = readFileSync(
      join(import.meta.dirname, '../../../test/parquet/fixtures/votes.parquet'),
    );
    const wrote = writeFile(pipe, bytes);
    expect((await lines(pipe)).slice(0, 2)).toEqual([
      [1, '["a","b","left"]'],
      [2, '["b","a","left"]'],
    ]);
    await wrote;
    await expect(lines(folder)).rejects.toThrow('is a directory');
    writeFileSync(join(folder, 'text.parquet'), '{"prompt":"a"}');
    await expect(lines(join(folder, 'text.parquet'))).rejects.toThrow(
      'does not begin as a Parquet',
    );
    writeFileSync(join(folder, 'table.csv'), bytes);
    await expect(lines(join(folder, 'table.csv'))).rejects.toThrow('is a Parquet file, not text');
  });
});

describe('a file', () => {
  /** File operations that know what is open. */
  function countingFiles(): { readonly files: FileLayer; readonly open: ReadonlySet<number> } {
    const open = new Set<number>();
    const files: FileLayer = {
      ...nodeFiles,
      open: async (...how) => {
        const fd = await nodeFiles.open(...how);
        open.add(fd);
        return fd;
      },
      close: async (fd) => {
        open.delete(fd);
        await nodeFiles.close(fd);
      },
    };
    return { files, open };
  }

  const written = (name: string, content: string | Buffer) => {
    const path = join(temporaryFolder(), name);
    writeFileSync(path, content);
    return path;
  };

  it('is closed where only its first rows are wanted', async () => {
    const rows = 'id,prompt\n'.concat('1,a\n'.repeat(400_000));
    for (const [name, content] of [
      ['t.csv', rows],
      ['t.csv.gz', gzipSync(rows)],
      ['t.jsonl', '{"prompt":"a"}\n'.repeat(100_000)],
      ['t.txt', 'a prompt\n'.repeat(100_000)],
    ] as const) {
      const { files, open } = countingFiles();
      const path = written(name, content);
      const options = { name: path, files, isHeader: () => true };
      const batches = readRows(path, {
        ...options,
        cellsOf: () => (cells) => JSON.stringify(cells),
        textOf: (line) => JSON.stringify(line),
      });
      for await (const _ of batches) break;
      await expect.poll(() => open.size, { message: name }).toBe(0);
    }
  });

  it('is closed where it is refused, and where its pages are read instead', async () => {
    for (const [name, content] of [
      ['t.jsonl', Buffer.from('PK\u0003\u0004 a workbook\n'.repeat(100_000))],
      ['t.parquet', 'no parquet\n'.repeat(100_000)],
      ['t', `PAR1${'no parquet\n'.repeat(100_000)}`],
    ] as const) {
      for (const opened of [openBytes, openRows]) {
        const { files, open } = countingFiles();
        const path = written(name, content);
        await expect(opened(path, path, files)).rejects.toMatchObject({ code: 'bad_input' });
        expect(open.size, name).toBe(0);
      }
    }
  });
});
