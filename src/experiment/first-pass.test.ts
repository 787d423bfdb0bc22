import { describe, expect, it } from 'vitest';
import { type FakeLanes, fakeTargets, firstPassOf } from '../../test/support/fake-lanes.ts';
import type { CompositeModel } from '../core/model.ts';
import type { FirstPassOptions } from './first-pass.ts';

const ROW = '{"prompt":"a","model":"a/1"}';

describe('the first pass', () => {
  it('notes where each row is, its lane and its calls, blank lines passed over', async () => {
    const two = '{"prompt":["b","c"],"model":"a/2","parameters":{"n":3}}';
    const calls: number[] = [];
    const { table, lanes } = await firstPassOf(`${ROW}\n\n  \t\n${two}\n${ROW}`, {
      onRow: (_row, _lane, count) => calls.push(count),
    });
    expect(table.rowCount).toBe(3);
    const rows = [0, 1, 2];
    expect(rows.map((row) => table.lineOf(row))).toEqual([1, 4, 5]);
    expect(rows.map((row) => table.offsetOf(row))).toEqual([0, 34, 35 + two.length]);
    expect(rows.map((row) => table.entryOf(row))).toEqual([0, 1, 0]);
    expect(rows.map((row) => table.isSingle(row))).toEqual([true, false, true]);
    expect(calls).toEqual([1, 6, 1]);
    expect(lanes.map(({ reference }) => reference)).toEqual(['a/1', 'a/2']);
  });

  it('counts bytes, not characters: byte order mark, CRLF and letters of several bytes', async () => {
    const german = '{"prompt":"größe","model":"a/1"}';
    const text = `\uFEFF${german}\r\n\r\n${ROW}\r\n`;
    const { table, lineProblems } = await firstPassOf(text);
    expect(lineProblems.total).toBe(0);
    const bytes = Buffer.from(text);
    const second = 3 + Buffer.byteLength(german) + 4;
    expect([table.offsetOf(0), table.offsetOf(1)]).toEqual([3, second]);
    expect(bytes.toString('utf8', second, second + ROW.length)).toBe(ROW);
  });

  it('hands on exactly the bytes that it read, those beyond the limit too', async () => {
    const pieces: Buffer[] = [];
    const tee = (bytes: Buffer) => void pieces.push(Buffer.from(bytes));
    const text = `${ROW}\n\n${ROW}\nnot JSON\n`;
    const { table, lineProblems } = await firstPassOf(text, { tee, limit: 2 });
    expect(Buffer.concat(pieces).toString()).toBe(text);
    expect([table.rowCount, lineProblems.total]).toEqual([2, 0]);
  });

  it('has one request for all choices of a turn where the provider can, else one for each', async () => {
    const rows = [
      { prompt: 'a', model: 'a/1', parameters: { n: 4 } },
      { prompt: ['a', 'b'], model: 'a/1', parameters: { n: 4 } },
      { prompt: 'a', model: 'a/1' },
    ];
    const callsOf = async (target: FakeLanes) => {
      const calls: number[] = [];
      const { table } = await firstPassOf(rows, {
        findTarget: fakeTargets(target),
        onRow: (_row, _lane, count) => calls.push(count),
      });
      return { calls, single: rows.map((_, row) => table.isSingle(row)) };
    };
    expect(await callsOf({})).toEqual({ calls: [1, 8, 1], single: [true, false, true] });
    expect(await callsOf({ severalChoices: false })).toEqual({
      calls: [4, 8, 1],
      single: [false, false, true],
    });
  });

  it('takes a row of a composite model for one of several calls', async () => {
    const model: CompositeModel = {
      reference: 'panel',
      severalChoices: false,
      models: [],
      workflow: () => Promise.reject(new Error('nothing is asked here')),
    };
    const findTarget = fakeTargets({ models: { panel: model }, severalChoices: false });
    const rows = ['panel', 'a/1'].map((name) => ({ prompt: 'a', model: name }));
    const { table } = await firstPassOf(rows, { findTarget });
    expect([table.isSingle(0), table.isSingle(1)]).toEqual([false, true]);
  });

  it('tells what a row is when it is in order, with the number of its calls', async () => {
    const told: unknown[] = [];
    await firstPassOf(
      [
        { prompt: ['a', 'b'], model: 'a/1', parameters: { n: 2 } },
        { prompt: 'a', model: 'bad' },
        { prompt: 'c', model: 'a/2' },
      ],
      {
        findTarget: fakeTargets({ unknown: ['bad'] }),
        onRow: (row, lane, calls) => told.push([row.turns.length, lane, calls]),
      },
    );
    expect(told).toEqual([
      [2, 0, 4],
      [1, 1, 1],
    ]);
  });
});

describe('what the first pass finds wrong', () => {
  it('is told with line and column for every kind, all at once', async () => {
    const input = [
      '{"prompt":"a","model":}',
      '{"prompt":5,"model":"a/1"}',
      '{"id":"x","prompt":"a","model":"a/1"}',
      '{"prompt":"a","model":"a/1","meta":{"id":"y"},"id":"x"}',
      '[]',
    ].join('\n');
    const { lineProblems, table } = await firstPassOf(input);
    expect(table.rowCount).toBe(1);
    expect(lineProblems.kept.map(({ line, column }) => [line, column])).toEqual([
      [1, 23],
      [2, 2],
      [4, 47],
      [5, null],
    ]);
    expect(lineProblems.kept[2]!.message).toBe('the id "x" is already on line 3');
  });

  it('names a line that is no UTF-8 and goes on behind it', async () => {
    const input = Buffer.concat([Buffer.from([0xff, 0x0a]), Buffer.from(ROW)]);
    const { lineProblems, table } = await firstPassOf(input);
    expect(lineProblems.kept).toMatchObject([
      { line: 1, severity: 'error', message: expect.stringContaining('UTF-8') },
    ]);
    expect(table.lineOf(0)).toBe(2);
  });

  it('includes an experiment without rows', async () => {
    for (const input of ['', '\n \n', '\uFEFF']) {
      const { lineProblems } = await firstPassOf(input);
      expect(lineProblems.kept).toMatchObject([{ line: null, severity: 'error' }]);
      expect(lineProblems.kept[0]!.message).toContain('no rows');
    }
  });

  it('includes a model that cannot be used once, at its first line', async () => {
    const row = (model: string, group?: string) => ({ prompt: 'a', model, group });
    const rows = [row('a/1'), row('bad/1'), row('bad/1'), row('bad/2'), row('bad/1', 'g')];
    const { modelProblems, lineProblems, table } = await firstPassOf(rows, {
      findTarget: fakeTargets({ unknown: ['bad/1', 'bad/2'] }),
    });
    expect(modelProblems.kept.map(({ line, message }) => [line, message])).toEqual([
      [2, 'bad/1: no such model'],
      [4, 'bad/2: no such model'],
    ]);
    expect([table.rowCount, lineProblems.total]).toEqual([1, 0]);
  });

  it('includes more models and groups than there are lanes, once', async () => {
    const rows = Array.from({ length: 65_540 }, (_, row) => ({ prompt: 'a', model: `a/${row}` }));
    const { modelProblems, lanes, table } = await firstPassOf(rows);
    expect(modelProblems.kept).toHaveLength(1);
    expect(modelProblems.kept[0]).toMatchObject({ line: 65_537 });
    expect([lanes.length, table.rowCount]).toEqual([65_536, 65_536]);
  });

  it('includes a row of more calls than any experiment has', async () => {
    const prompt = Array.from({ length: 70 }, () => 'a');
    const rows = [
      { prompt, model: 'a/1', parameters: { n: 1000 } },
      { prompt, model: 'a/1', parameters: { n: 900 } },
    ];
    const calls: number[] = [];
    const onRow = (_row: unknown, _lane: number, count: number) => calls.push(count);
    const { lineProblems, table } = await firstPassOf(rows, { onRow });
    expect(lineProblems.kept).toMatchObject([{ line: 1, column: null }]);
    expect([table.rowCount, calls]).toEqual([1, [63_000]]);
  });

  it('does not let a huge value into its messages', async () => {
    const long = 'x'.repeat(1_000_000);
    const rows = [
      { id: long, prompt: 'a', model: 'a/1' },
      { id: long, prompt: 'a', model: 'a/1' },
      { prompt: 'a', model: 'a/1', mode: long },
    ];
    const { lineProblems } = await firstPassOf(rows);
    expect(lineProblems.kept).toHaveLength(2);
    for (const { message } of lineProblems.kept) expect(message.length).toBeLessThan(200);
  });

  it('includes suspicious keys as warnings only when they are asked for', async () => {
    const input = '{"prompt":"a","model":"a/1","paramaters":{}}';
    expect((await firstPassOf(input)).lineProblems.total).toBe(0);
    const { lineProblems, table } = await firstPassOf(input, { warnings: true });
    expect(lineProblems.kept).toMatchObject([{ severity: 'warning', line: 1, column: 29 }]);
    expect([lineProblems.errors, table.rowCount]).toEqual([0, 1]);
  });

  it('has no column in a table, whose rows are no JSON, and warns of one of its columns once', async () => {
    const rows = ['id,prompt,model,paramaters', '1,a,a/1,x', '1,b,a/1,y', '3,c,a/1,z'];
    const { lineProblems } = await firstPassOf(rows.join('\n'), { warnings: true, label: 'e.csv' });
    expect(lineProblems.kept).toMatchObject([
      { severity: 'warning', line: 2, column: null },
      { severity: 'error', line: 3, column: null, message: 'the id "1" is already on line 2' },
    ]);
  });

  it('includes, as a warning, a row that names its model twice', async () => {
    const rows = [{ prompt: 'a', model: 'a/1', api: 'a', model_name: '2' }];
    const { lineProblems, lanes } = await firstPassOf(rows, { warnings: true });
    expect(lineProblems.kept).toMatchObject([{ severity: 'warning', line: 1, column: 15 }]);
    expect(lanes[0]!.reference).toBe('a/2');
  });
});

describe('rows that are filled', () => {
  const filled = async (input: string | readonly object[], options: Partial<FirstPassOptions>) => {
    const pieces: Buffer[] = [];
    const tee = (bytes: Buffer) => void pieces.push(Buffer.from(bytes));
    const pass = await firstPassOf(input, { tee, ...options });
    return { pass, copy: Buffer.concat(pieces).toString() };
  };
  const filling = { models: ['a/1', 'a/2'] };

  it('are rows of the copy, each with its place and line there', async () => {
    const { pass, copy } = await filled(`{"prompt":"é"}\n\n${ROW}\r\n{"prompt":"b"}`, { filling });
    const lines = copy.split('\n');
    expect(lines).toHaveLength(6);
    const { table } = pass;
    const rows = [0, 1, 2, 3, 4];
    const bytes = Buffer.from(copy);
    for (const row of rows) {
      const text = lines[table.lineOf(row) - 1]!.trimEnd();
      const offset = table.offsetOf(row);
      expect(bytes.toString('utf8', offset, offset + Buffer.byteLength(text))).toBe(text);
    }
    expect(rows.map((row) => table.lineOf(row))).toEqual([1, 2, 4, 5, 6]);
    expect(rows.map((row) => table.entryOf(row))).toEqual([0, 1, 0, 0, 1]);
    expect(copy).toContain(`${ROW}\r\n`);
  });

  it('are counted by the limit as one for each line, and read again by the number that there are', async () => {
    const input = '{"prompt":"a"}\n{"prompt":"b"}\n{"prompt":"c"}\n';
    const { pass, copy } = await filled(input, { filling, limit: 2 });
    expect([pass.table.rowCount, pass.linesRead]).toEqual([4, 4]);
    expect(copy.split('\n')).toHaveLength(7);
    const again = await firstPassOf(copy, { limit: pass.linesRead });
    expect(again.table.rowCount).toBe(4);
  });

  it('may share their id with rows of other models only', async () => {
    const row = { id: 'x', prompt: 'a' };
    const { pass } = await filled([row, { ...row, model: 'a/3' }], { filling });
    expect([pass.table.rowCount, pass.lineProblems.total]).toEqual([3, 0]);
    const aliases = { alias: 'a/2' };
    const rows = [row, { ...row, model: 'alias' }];
    const findTarget = fakeTargets({ aliases });
    const { lineProblems } = (await filled(rows, { filling, findTarget })).pass;
    expect(lineProblems.kept).toMatchObject([
      { line: 2, column: 2, message: 'the id "x" is already on line 1' },
    ]);
  });

  it('are not asked of one model twice by two names', async () => {
    const row = { id: 'x', prompt: 'a', model: ['a/1', 'alias'] };
    const findTarget = fakeTargets({ aliases: { alias: 'a/1' } });
    const { lineProblems } = (await filled([row], { findTarget })).pass;
    expect(lineProblems.kept).toMatchObject([
      { line: 1, message: 'the row is to be asked of "a/1" twice' },
    ]);
  });

  it('are wrong once for each line, where the user sees it', async () => {
    const input = [
      '{"parameters":{}, "mode":"x", "prompt":"a"}',
      '{"prompt":5}',
      '{"api":"a","model_name":["1",""],"prompt":"a"}',
    ].join('\n');
    const how = { filling: { ...filling, parameters: { seed: 1 } }, warnings: true };
    const { lineProblems, table } = (await filled(input, how)).pass;
    expect(lineProblems.kept.map(({ line, column }) => [line, column])).toEqual([
      [1, 19],
      [2, 2],
      [3, 12],
    ]);
    expect(table.rowCount).toBe(0);
  });

  it('of a .txt file are its lines', async () => {
    const { pass, copy } = await filled('a "b"\n\nc\n', { filling, label: 'prompts.txt' });
    expect(pass.table.rowCount).toBe(4);
    expect(copy.split('\n')[2]).toBe('{"prompt":"c","model":"a/1"}');
  });
});
