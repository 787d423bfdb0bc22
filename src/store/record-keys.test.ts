import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failingFiles } from '../../test/support/failing-files.ts';
import { completedOf, only, savedRun } from '../../test/support/saved-run.ts';
import { failedAnswer, someAnswer } from '../../test/support/some-answer.ts';
import { KeyAdder, type RecordKeys, rewriteRecords, writeCompleted } from './index.ts';

/** Adds the same keys to every record that has not failed. */
function keysOf(keys: Readonly<Record<string, unknown>>): RecordKeys {
  const added = new Map(Object.entries(keys).map(([name, value]) => [name, JSON.stringify(value)]));
  return {
    names: Object.keys(keys),
    of: async (records) =>
      records.map((record) => (record.includes('"status":"error"') ? new Map() : added)),
  };
}

async function added(record: string, keys: Readonly<Record<string, unknown>>): Promise<string> {
  const [text] = await new KeyAdder([keysOf(keys)]).add([record]);
  return text!;
}

const ANSWER = '"response":"r","answer":{"status":"ok"}';

describe('keys of records', () => {
  it('stand behind the answer, and everything before stays byte for byte', async () => {
    expect(await added(`{"a": 1.0,${ANSWER}}`, { match: true, errors: { x: 'é' } })).toBe(
      `{"a": 1.0,${ANSWER},"match":true,"errors":{"x":"é"}}`,
    );
    expect(await added('{}', { match: 1 })).toBe('{"match":1}');
  });

  it('carry a key of the row under another name', async () => {
    expect(await added(`{"match":5,"input-match":6,${ANSWER}}`, { match: 1 })).toBe(
      `{"input-input-match":5,"input-match":6,${ANSWER},"match":1}`,
    );
    expect(await added(`{"m\\u0061tch":5,"x":{"match":7},${ANSWER}}`, { match: 1 })).toBe(
      `{"input-match":5,"x":{"match":7},${ANSWER},"match":1}`,
    );
    // A row that was not answered, and one of another program.
    expect(await added('{"match":5,"answer":{"status":"mine"}}', { match: 1 })).toBe(
      '{"input-match":5,"answer":{"status":"mine"},"match":1}',
    );
  });

  it('are given knowing what they replace, but not what the row had under their names', async () => {
    const given: unknown[] = [];
    const source: RecordKeys = {
      names: ['errors', 'match'],
      of: async (records, earlier) => {
        given.push(...earlier.map((keys) => Object.fromEntries(keys)));
        return records.map(() => new Map());
      },
    };
    await new KeyAdder([source]).add([
      `{"match":5,${ANSWER},"bleu":1,"err\\u006frs": {"a":",}"} ,"match":[1,"]"]}`,
      `{"errors":{"a":"b"},"answer":1}`,
      `{${ANSWER}}`,
    ]);
    expect(given).toEqual([{ errors: ' {"a":",}"} ', match: '[1,"]"]' }, {}, {}]);
  });

  it('replace what was added before, and leave the rest of it', async () => {
    const scored = await added(`{"match":5,${ANSWER}}`, {
      match: 1,
      bleu: 0.5,
      errors: { a: ',}' },
    });
    expect(await added(scored, { match: 0 })).toBe(
      `{"input-match":5,${ANSWER},"bleu":0.5,"errors":{"a":",}"},"match":0}`,
    );
    expect(await added(scored, { errors: [] })).toBe(
      `{"input-match":5,${ANSWER},"match":1,"bleu":0.5,"errors":[]}`,
    );
  });

  it('replace several that stand side by side, whatever is in them', async () => {
    const keys = { match: 1, bleu: { a: 0.5, b: [1, 2] }, errors: { c: ',}' } };
    const scored = await added(`{"match":5,${ANSWER}}`, keys);
    expect(await added(scored, keys)).toBe(scored);
    const none: RecordKeys = { names: ['match', 'errors', 'bleu'], of: async () => [new Map()] };
    expect(await new KeyAdder([none]).add([scored])).toEqual([`{"input-match":5,${ANSWER}}`]);
    const spaced = JSON.stringify(JSON.parse(scored), null, 1).replace(
      /"answer": \{\s*"status": "ok"\s*\}/,
      '"answer":{"status":"ok"}',
    );
    const [bare = ''] = await new KeyAdder([none]).add([spaced]);
    expect(JSON.parse(bare)).toEqual({ 'input-match': 5, response: 'r', answer: { status: 'ok' } });
  });

  it('give the same record however often they are added', async () => {
    const name = fc.constantFrom('match', 'input-match', 'a', 'response', 'answer', '__proto__');
    const row = fc.dictionary(name, fc.jsonValue({ maxDepth: 2 }));
    await fc.assert(
      fc.asyncProperty(row, fc.boolean(), async (given, spaced) => {
        const { response: _, answer: __, ...rest } = given;
        const space = spaced ? ' ' : '';
        const start = JSON.stringify(rest, null, space).slice(0, -1).trimEnd();
        const record = `${start}${start === '{' ? '' : ','}${ANSWER}}`;
        const once = await added(record, { match: true });
        expect(await added(once, { match: true })).toBe(once);
        const parsed = JSON.parse(once);
        expect(parsed.match).toBe(true);
        const values = Object.values(JSON.parse(record)).map((value) => JSON.stringify(value));
        for (const value of values)
          expect(Object.values(parsed).map((v) => JSON.stringify(v))).toContain(value);
      }),
    );
  });
});

const ROWS = [{ text: '{"id":1,"match":"mine"}' }, { text: '{"id":2,"match":"mine"}' }];
const LINES = [only(someAnswer({ row: 0 })), only(failedAnswer({ row: 1 }))];

it('a failed record has none of them, and its own key of that name is out of their way', async () => {
  const { folder, options } = savedRun(ROWS, LINES);
  await writeCompleted({
    ...options,
    recordKeys: [keysOf({ match: 1 })],
    invalidLines: ['{"line":7}'],
  });
  const [first, second] = completedOf(folder);
  expect(first).toMatchObject({ 'input-match': 'mine', match: 1 });
  expect(second).toMatchObject({ 'input-match': 'mine' });
  expect(second).not.toHaveProperty('match');
  const failed = readFileSync(folder.failed, 'utf8').trimEnd().split('\n');
  expect(failed).toEqual([JSON.stringify(second), '{"line":7}']);
});

it('a finished run that is written anew is as if it had been written so at once', async () => {
  const many = Array.from({ length: 700 }, (_, row) => ({ text: `{"match":${row}}` }));
  const lines = many.map((_, row) => only(row % 3 ? someAnswer({ row }) : failedAnswer({ row })));
  const recordKeys = [keysOf({ match: 1 }), keysOf({ verdict: 'yes' })];
  const at = { once: savedRun(many, lines), later: savedRun(many, lines) };
  await writeCompleted({ ...at.once.options, recordKeys });
  await writeCompleted(at.later.options);
  await rewriteRecords(at.later.folder, recordKeys);
  for (const name of ['completed', 'failed'] as const) {
    const written = readFileSync(at.later.folder[name], 'utf8');
    expect(written).toBe(readFileSync(at.once.folder[name], 'utf8'));
    expect(written.split('\n').length - 1).toBe(name === 'failed' ? 234 : 700);
  }
});

it('whichever operation fails, every record is whole and none is lost', async () => {
  for (const fault of ['ENOSPC', 'short']) {
    for (let at = 1; ; at++) {
      const { folder, options } = savedRun(ROWS, LINES);
      await writeCompleted(options);
      const failing = failingFiles({ at, fault });
      await rewriteRecords(folder, [keysOf({ match: 1 })], failing.files).catch(() => {});
      expect(completedOf(folder).map(({ id }) => id)).toEqual([1, 2]);
      await rewriteRecords(folder, [keysOf({ match: 1 })]);
      expect(completedOf(folder)[0]).toMatchObject({ 'input-match': 'mine', match: 1 });
      if (!failing.failed()) break;
      expect(at).toBeLessThan(80);
    }
  }
});

it('what cannot give keys leaves the files as they were', async () => {
  const { folder, options } = savedRun(ROWS, LINES);
  await writeCompleted(options);
  const before = readFileSync(folder.completed, 'utf8');
  const broken: RecordKeys = { names: ['match'], of: () => Promise.reject(new Error('ended')) };
  await expect(rewriteRecords(folder, [broken])).rejects.toThrow('ended');
  expect(readFileSync(folder.completed, 'utf8')).toBe(before);
  expect(readdirSync(folder.path).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  writeFileSync(folder.failed, '');
});
